# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
cat >mail.eml <<'EOF'
Received: from edge.corp.example (192.0.2.1) by mx.example.net (Postfix) with
 ESMTP id 4AbC for <a@example.net>; Mon, 29 Oct 2012 09:00:03 +0100
Received: from hub.corp.example (10.0.0.1) by edge.corp.example (10.0.0.2)
 with Microsoft SMTP Server (TLS) id 14.2.318.1; Mon, 29 Oct 2012 09:00:02
 +0100
Received: from mbx.corp.example ([::1]) by hub.corp.example ([::1]) with mapi
 id 14.02.0318.004; Mon, 29 Oct 2012 09:00:01 +0100
Subject: which is it?

No Received: field in the body counts.
EOF
rollcall which --at 2026-11-25 --mail mail.eml
echo "exit $?"
echo 'Subject: nothing' | rollcall which --at 2026-11-25 --mail -
echo "exit $?"
rollcall which --at 2026-11-25 --format json --mail mail.eml |
    sed '/"serial": /d; /"issued": /d; /"sha256": /d'
