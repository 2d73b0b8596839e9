# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A public key infrastructure for tests, made by the openssl tool.

Keys and certificates are made when they are first asked for. Times are
frozen: signatures are of SIGNED, whenever the test runs.
"""

import base64
import hashlib
import http.server
import os
import subprocess
import threading

from der import (Node, context, general_time, integer, null, octets, oid, seq,
                 set_of, utc_time)

SIGNED = "20120715120000Z"
DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
COUNTERSIGNATURE = "1.2.840.113549.1.9.6"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
SPC_INDIRECT = "1.3.6.1.4.1.311.2.1.4"
CTL = "1.3.6.1.4.1.311.10.1"
NESTED = "1.3.6.1.4.1.311.2.4.1"
TOKEN = "1.3.6.1.4.1.311.3.3.1"
RSA = "1.2.840.113549.1.1.1"
DIGESTS = {"md5": "1.2.840.113549.2.5", "sha1": "1.3.14.3.2.26",
           "sha256": "2.16.840.1.101.3.4.2.1",
           "sha384": "2.16.840.1.101.3.4.2.2",
           "sha512": "2.16.840.1.101.3.4.2.3"}

# ------------------------------------------------------------- certificates
CA = ["basicConstraints=critical,CA:TRUE",
      "keyUsage=critical,keyCertSign,cRLSign"]
CODE = ["extendedKeyUsage=codeSigning"]
TIME = ["extendedKeyUsage=timeStamping"]
LONG = ("20000101000000Z", "20301231235959Z")
SIGNER = ("20111010000000Z", "20130110203225Z")
STAMPER = ("20120101000000Z", "20130401000000Z")
PAST = ("20100101000000Z", "20120101000000Z")
FUTURE = ("20121001000000Z", "20131001000000Z")

# Keys that are no RSA: options of openssl for those on curves, and names.
CURVES = {"ec": ["ec_paramgen_curve:P-256"]}
OTHER = {"ed25519": "ED25519", "pss-key": "RSA-PSS"}

# name: (issuer, key, validity, extensions, digest of the certificate)
CERTS = {
    "root": (None, "root", LONG, CA, "sha256"),
    "ca": ("root", "ca", LONG, CA, "sha1"),
    "tsaca": ("root", "tsaca", LONG, CA + TIME, "sha256"),
    "stranger-root": (None, "stranger", LONG, CA, "sha256"),
    "ca-nosign": ("root", "ca", LONG,
                  [CA[0], "keyUsage=critical,cRLSign"] + CODE, "sha256"),
    "ca-leafonly": ("root", "ca", LONG,
                    ["basicConstraints=critical,CA:TRUE,pathlen:0", CA[1]],
                    "sha256"),
    "ca-below": ("ca-leafonly", "tsaca", LONG, CA, "sha256"),
    "ca-time": ("root", "ca", LONG, CA + TIME, "sha256"),
    "ca-short": ("root", "ca", ("20110101000000Z", "20120901000000Z"), CA,
                 "sha256"),
    # signers
    "good": ("ca", "signer", SIGNER, CODE, "sha256"),
    "md5": ("ca", "signer", SIGNER, CODE, "md5"),
    "ec": ("ca", "ec", SIGNER, CODE, "sha256"),
    "noeku": ("ca", "signer", SIGNER, [], "sha256"),
    "wrongeku": ("ca", "signer", SIGNER, ["extendedKeyUsage=serverAuth"],
                 "sha256"),
    "lifetime": ("ca", "signer", SIGNER,
                 ["extendedKeyUsage=codeSigning,1.3.6.1.4.1.311.10.3.13"],
                 "sha256"),
    "critical": ("ca", "signer", SIGNER,
                 CODE + ["1.3.6.1.4.1.55555.1=critical,DER:0500"], "sha256"),
    "stranger": ("stranger-root", "signer", SIGNER, CODE, "sha256"),
    "self": (None, "signer", SIGNER, CODE, "sha256"),
    "past": ("ca", "signer", PAST, CODE, "sha256"),
    "future": ("ca", "signer", FUTURE, CODE, "sha256"),
    "notca": ("good", "tsa", SIGNER, CODE, "sha256"),
    "nosign": ("ca-nosign", "signer", SIGNER, CODE, "sha256"),
    "deep": ("ca-below", "signer", SIGNER, CODE, "sha256"),
    "timeca": ("ca-time", "signer", SIGNER, CODE, "sha256"),
    "shortca": ("ca-short", "signer", SIGNER, CODE, "sha256"),
    # time stampers
    "tsa-good": ("tsaca", "tsa", STAMPER, TIME, "sha256"),
    "tsa-critical": ("tsaca", "tsa", STAMPER,
                     ["extendedKeyUsage=critical,timeStamping"], "sha256"),
    "tsa-ms": ("tsaca", "tsa", STAMPER,
               ["extendedKeyUsage=1.3.6.1.4.1.311.10.3.2"], "sha256"),
    "tsa-noeku": ("tsaca", "tsa", STAMPER, [], "sha256"),
    "tsa-defective": ("tsaca", "tsa", STAMPER, [], "sha1"),
    "tsa-wrongeku": ("tsaca", "tsa", STAMPER, CODE, "sha256"),
    "tsa-any": ("tsaca", "tsa", STAMPER,
                ["extendedKeyUsage=anyExtendedKeyUsage"], "sha256"),
    "tsa-past": ("tsaca", "tsa", PAST, TIME, "sha256"),
    "tsa-future": ("tsaca", "tsa", FUTURE, TIME, "sha256"),
    "tsa-stranger": ("stranger-root", "tsa", STAMPER, TIME, "sha256"),
}

CONFIG = """
[ca]
default_ca = this
[this]
new_certs_dir = {dir}
database = {dir}/index
rand_serial = yes
unique_subject = no
policy = any
email_in_dn = no
[any]
commonName = supplied
[req]
distinguished_name = dn
[dn]
[ext]
{extensions}
"""


class Pki:
    def __init__(self, folder):
        self.dir = folder
        open(self.path("index"), "w").close()
        # The machine's configuration must not decide what can be made.
        self.env = dict(os.environ, OPENSSL_CONF=self.path("none.cnf"),
                        no_proxy="127.0.0.1")
        with open(self.path("none.cnf"), "w") as f:
            f.write("[req]\ndistinguished_name = dn\n[dn]\n")

    def path(self, name):
        return os.path.join(self.dir, name)

    def openssl(self, *args, data=None):
        return subprocess.run(("openssl",) + args, input=data, check=True,
                              env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE).stdout

    def key(self, name):
        path = self.path(name + ".key")
        if not os.path.exists(path):
            self.openssl("genpkey", *self.kind(name), "-out", path)
        return path

    def kind(self, name):
        """How openssl makes the key of that name."""
        if name in CURVES:
            return ["-algorithm", "EC"] + [
                word for option in CURVES[name] for word in
                ("-pkeyopt", option)]
        if name in OTHER:
            return ["-algorithm", OTHER[name]]
        if name == "dsa":
            params = self.path("dsa.params")
            self.openssl("genpkey", "-genparam", "-algorithm", "DSA",
                         "-pkeyopt", "dsa_paramgen_bits:1024", "-out", params)
            return ["-paramfile", params]
        return ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:%d" %
                (512 if name == "weak" else 2048)]

    def cert(self, name):
        path = self.path(name + ".pem")
        if os.path.exists(path):
            return path
        issuer, key, validity, extensions, md = CERTS[name]
        config = self.path(name + ".cnf")
        with open(config, "w") as f:
            f.write(CONFIG.format(dir=self.dir,
                                  extensions="\n".join(extensions)))
        request = self.path(name + ".csr")
        self.openssl("req", "-new", "-key", self.key(key), "-subj",
                     "/CN=rollcall test " + name, "-config", config, "-out",
                     request)
        signer = (["-selfsign", "-keyfile", self.key(key)] if issuer is None
                  else ["-cert", self.cert(issuer), "-keyfile",
                        self.key(CERTS[issuer][1])])
        self.openssl("ca", "-batch", "-notext", "-config", config, "-in",
                     request, "-out", path, "-startdate", validity[0],
                     "-enddate", validity[1], "-extensions", "ext",
                     *self.signed_with(md), *signer)
        return path

    def signed_with(self, md):
        """Options of openssl: a digest, or "pss" and more of its options."""
        name, *more = md.split()
        if name != "pss":
            return ["-md", md]
        return ["-md", "sha256"] + [word for option in (
            ["rsa_padding_mode:pss"] + more) for word in ("-sigopt", option)]

    def key_of(self, name):
        return self.key(CERTS[name][1])

    def der(self, name):
        with open(self.cert(name)) as f:
            text = f.read()
        return base64.b64decode(text.split("-----")[2])

    def thumbprint(self, name):
        return hashlib.sha1(self.der(name)).hexdigest()

    def chain(self, name):
        """The certificates from NAME up, without the root."""
        names = []
        while name is not None and not name.endswith("root"):
            self.cert(name)
            names.append(name)
            name = CERTS[name][0]
        return names

    def chain_file(self, name):
        """The same as a PEM file."""
        path = self.path(name + ".chain")
        if not os.path.exists(path):
            with open(path, "w") as out:
                for link in self.chain(name):
                    with open(self.cert(link)) as f:
                        out.write(f.read())
        return path

    # ------------------------------------------------------------ signatures
    def sign(self, name, md, data):
        return self.openssl("dgst", "-" + md, "-sign", self.key_of(name),
                            data=data)

    def sign_bare(self, name, md, data):
        """RSA over the digest alone, without its DigestInfo."""
        return self.openssl("pkeyutl", "-sign", "-inkey", self.key_of(name),
                            data=hashlib.new(md, data).digest())

    def signer_info(self, name, md, attrs, unsigned=(), bare=False):
        tbs = Node(self.der(name))[0]
        fields = [c for c in tbs.children() if c.tag != 0xA0]
        make = self.sign_bare if bare else self.sign
        signature = make(name, md, set_of(*attrs))
        parts = [integer(1), seq(fields[2].whole, fields[0].whole),
                 algorithm(md), context(0, *attrs), seq(oid(RSA), null()),
                 octets(signature)]
        if unsigned:
            parts.append(context(1, *unsigned))
        return seq(*parts)

    def countersignature(self, name, md, signature, time=SIGNED, bare=False):
        digest = hashlib.new(md, signature).digest()
        return self.signer_info(name, md, [
            attribute(CONTENT_TYPE, oid(DATA)),
            attribute(SIGNING_TIME, utc_time(time)),
            attribute(MESSAGE_DIGEST, octets(digest))], bare=bare)

    def signed_data(self, content_type, content, signers, names, md):
        return seq(oid(SIGNED_DATA), context(0, seq(
            integer(1), set_of(algorithm(md)),
            seq(oid(content_type), context(0, content)),
            context(0, *[self.der(n) for n in names]), set_of(*signers))))

    def token(self, name, md, imprint, time=SIGNED, nonce=b""):
        """An RFC 3161 token; "openssl ts" would refuse a stamper whose
        extendedKeyUsage is not critical, as Microsoft's are."""
        info = seq(integer(1), oid("1.3.6.1.4.1.55555.2"), imprint,
                   integer(7), general_time(time), nonce)
        issuer = CERTS[name][0]
        more = ([] if issuer.endswith("root") else
                ["-certfile", self.chain_file(issuer)])
        return self.openssl("cms", "-sign", "-cades", "-binary", "-nodetach",
                            "-econtent_type", TST_INFO, "-signer",
                            self.cert(name), "-inkey", self.key_of(name),
                            "-md", md, "-outform", "DER", *more, data=info)


def algorithm(md):
    return seq(oid(DIGESTS[md]), null())


def attribute(kind, *values):
    return seq(oid(kind), set_of(*values))


def imprint(md, data):
    return seq(algorithm(md), octets(hashlib.new(md, data).digest()))


# ------------------------------------------------- a time stamper on loopback
class Stamper(http.server.BaseHTTPRequestHandler):
    """POST /KIND/NAME/TIME with a request of that kind."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind, name, time = self.path.strip("/").split("/")
        if kind == "rfc3161":
            media = "application/timestamp-reply"
            answer = self.rfc3161(body, name, time)
        else:
            media = "application/octet-stream"
            answer = self.pkcs9(body, name, time, kind == "bare")
        self.send_response(200)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def rfc3161(self, body, name, time):
        fields = Node(body).children()
        digest = {oid(v): k for k, v in DIGESTS.items()}
        md = digest[fields[1][0][0].whole]
        nonce = b"".join(f.whole for f in fields[2:] if f.tag == 0x02)
        token = self.server.pki.token(name, md, fields[1].whole, time, nonce)
        return seq(seq(integer(0)), token)

    def pkcs9(self, body, name, time, bare):
        """[Authenticode] "TimeStampRequest"; base64 both ways."""
        pki = self.server.pki
        request = Node(base64.b64decode(body))
        signature = request[1][1][0].body
        info = pki.countersignature(name, "sha1", signature, time, bare)
        return base64.encodebytes(pki.signed_data(
            DATA, octets(signature), [info], pki.chain(name), "sha1"))

    def log_message(self, *args):
        pass


def serve(pki):
    """Start the stamper; returns its URL."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stamper)
    server.pki = pki
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return "http://127.0.0.1:%d" % server.server_address[1]
