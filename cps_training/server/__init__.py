"""The web server: one standalone Voilà with our own sign-in, and the desk as a supervised child process.

Knows people only by what the desk says of them; opens no store and reads no answer key.
"""

import sys

# Jupyter's events bring jsonschema, which compiles the grammar of international addresses while it is imported: 0.9 s of processor at
# every start, and nobody here checks such an address. A module that is None counts as not installed, which jsonschema provides for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
