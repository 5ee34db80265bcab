"""A page as a PDF with WeasyPrint: `weasy.py REPORT.html FONTS`."""

import sys
from pathlib import Path

import weasyprint
from runner import serve
from weasyprint.text.fonts import FontConfiguration

PAGE, FONTS = sys.argv[1:]
FACES = {("normal", 400): "400Regular", ("normal", 700): "700Bold"}
FACES |= {("italic", weight): f"{name}_Italic" for (_, weight), name in FACES.items()}
# the typefaces, paper and size of letters of our PDF, so that both set about the same lines
STYLE = "@page { size: A4; margin: 76pt 57pt 72pt } html { font-size: 9.9pt } main, footer { max-width: none; padding: 0 }"
for (style, weight), name in FACES.items():
    url = (Path(FONTS) / f"SourceSans3_{name}.ttf").resolve().as_uri()
    STYLE += f"@font-face {{ font-family: 'Source Sans 3'; font-style: {style}; font-weight: {weight}; src: url({url}) }}"

fonts = FontConfiguration()
sheet = weasyprint.CSS(string=STYLE, font_config=fonts)
html = Path(PAGE).read_text(encoding="utf-8")


def run(_):
    page = weasyprint.HTML(string=html)
    return page.write_pdf(font_config=fonts, stylesheets=[sheet], pdf_tags=True)


serve(f"WeasyPrint {weasyprint.__version__}", run, lambda pdf, path: Path(path).write_bytes(pdf))
