"""A mail server for tests: writes each e-mail it takes to a file of a folder, and prints its port.

The folder's file `rules` has lines of `CODE ADDRESS`: such recipients are answered with the code. The file `tried` gets
a line for each recipient. A second argument `USER:PASSWORD` asks for a sign-in.
"""
import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])
user = sys.argv[2].encode().split(b":") if len(sys.argv) > 2 else None
taken = 0


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        with (folder / "tried").open("a") as tried:
            tried.write(address + "\n")
        for line in (folder / "rules").read_text().splitlines():
            code, rule = line.split()
            if rule == address:
                return f"{code} not <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global taken
        taken += 1
        path = folder / f"{taken:03}.eml"
        path.write_bytes(envelope.content)
        return "250 OK"


def sign_in(server, session, envelope, mechanism, data):
    return AuthResult(success=[data.login, data.password] == user, handled=False)


def connection():
    if user:
        return SMTP(Handler(), authenticator=sign_in, auth_required=True, auth_require_tls=False)
    return SMTP(Handler())


async def main():
    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
