#!/usr/bin/env bash
# debian-wasm-toolchain.sh DIR: for machines that reach Debian's packages but not Rust's download host.
# Makes in DIR a toolchain of Debian's rustc-web that can build for the browser: Debian ships no std for
# wasm32, so it is built once from rust-web-src. Use it as RUSTC=DIR/bin/rustc; `cargo xtask` does.
set -euo pipefail

dir=${1:?usage: debian-wasm-toolchain.sh DIR}
host=$(uname -m)-unknown-linux-gnu
target=wasm32-unknown-unknown

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

need_packages() { ! { [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -x /usr/bin/lld-19 ] && [ -d /usr/lib/rustlib/src/rust ]; }; }

if need_packages; then
  command -v apt-get >/dev/null || { echo "no apt-get: this is not Debian or Ubuntu" >&2; exit 1; }
  as_root apt-get update -qq || echo "apt-get update failed; trying with the lists that are there" >&2
  as_root apt-get install -y -qq --no-install-recommends rustc-web cargo-web rust-web-src lld-19 >/dev/null
fi

version=$(/usr/bin/rustc -V)
[ "$(cat "$dir/version" 2>/dev/null)" != "$version" ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
new=$work/toolchain
mkdir -p "$new/bin" "$new/lib/rustlib/$host/bin" "$new/lib/rustlib/$target/lib" "$work/std/src"

# Wrappers, not links: through a link rustc still takes /usr for its root.
for tool in rustc rustdoc; do
  printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "%s" "$@"\n' "$tool" "$dir" >"$new/bin/$tool"
  chmod +x "$new/bin/$tool"
done
ln -s "/usr/lib/rustlib/$host/lib" "$new/lib/rustlib/$host/lib"
ln -s /usr/lib/rustlib/src "$new/lib/rustlib/src"
# the name under which rustc looks for its linker for wasm
ln -s /usr/bin/lld-19 "$new/lib/rustlib/$host/bin/rust-lld"

: >"$work/std/src/lib.rs"
printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2021"\n' >"$work/std/Cargo.toml"
(
  cd "$work/std"
  unset RUSTUP_TOOLCHAIN RUSTC CARGO RUSTFLAGS CARGO_TARGET_DIR
  # bitcode, because the browser build uses link-time optimisation; -Z flags need the bootstrap variable on stable
  RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes PATH=/usr/bin:$PATH \
    /usr/bin/cargo build --quiet --release --target "$target" -Zbuild-std=std,panic_abort --target-dir "$work/out"
)
cp "$work/out/$target"/release/deps/lib*.rlib "$new/lib/rustlib/$target/lib/"
rm -f "$new/lib/rustlib/$target/lib"/libstd_for_wasm-*
echo "$version" >"$new/version"

rm -rf "$dir"
mkdir -p "$(dirname "$dir")"
mv "$new" "$dir"
echo "made $dir from $version"
