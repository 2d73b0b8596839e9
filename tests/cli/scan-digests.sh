# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# A catalogue that lists the synthetic OWA assembly for one build or another.
root=$BUILD/tests/volumes/owa-digest/c
dll="$root/Program Files/Microsoft/Exchange Server/V15/ClientAccess/Owa/Bin"
dll=$dll/Microsoft.Exchange.Clients.Owa.dll

# catalogue BUILD: the shipped one, in which BUILD installs $dll
catalogue() {
	"$PYTHON" - "$SRC/data/exchange.xml" "$1" "$dll" <<'EOF'
import hashlib, re, sys
text = open(sys.argv[1], encoding="utf-8").read()
digest = hashlib.sha256(open(sys.argv[3], "rb").read()).hexdigest()
sys.stdout.reconfigure(encoding="utf-8")
print(re.sub(r'(<files build="%s"(?:(?!</files>).)*Owa\.dll"\s+sha256=")\w+'
             % re.escape(sys.argv[2]), r"\g<1>" + digest, text,
             flags=re.S), end="")
EOF
}

# scan BUILD
scan() {
	echo "listed for $1:"
	catalogue "$1" >"$1.xml"
	rollcall scan --at 2021-03-10 --catalogue "$1.xml" --format json \
	    --overlay "$root/../overlay.xml" "$root" >result.json
	echo "exit $?"
	"$PYTHON" - <<'EOF'
import json
for f in json.load(open("result.json"))["hosts"][0]["findings"]:
    if f["code"] in ("release.identified", "component.differs",
                     "evidence.conflict"):
        print(f["code"], f["severity"])
        print("\t" + f["detail"])
EOF
}

scan 15.0.1497.12	# the build of ExSetup.exe
scan 15.0.1497.10	# an earlier update of the branch
