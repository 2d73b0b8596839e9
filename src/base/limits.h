/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_LIMITS_H
#define ROLLCALL_BASE_LIMITS_H

/*
 * Every limit that input can run into, each with what it bounds. The manual
 * page (LIMITS in rollcall.1) lists the same names and numbers; a test keeps
 * the two together. A limit is a plain product of integers, so that the test
 * can read it.
 */

/* command line of Windows: bytes of all words, with the files that patterns
 * stand for. */
#define ARGS_MAX_BYTES		(2 * 1024 * 1024)

/* crew: threads of one command, and jobs of one of them that may wait for an
 * earlier job of another. */
#define CREW_MAX_THREADS	64
#define CREW_AHEAD		16

/* window: bytes of a file held at a time, per open file. */
#define WINDOW_BLOCK		(16 * 1024)
#define WINDOW_BLOCKS		256

/* window: longest run of bytes that is handed out in one piece. */
#define WINDOW_MAX_SPAN		(4 * 1024 * 1024)

/* text: bytes of one UTF-8 string made from input. */
#define TEXT_MAX		(1024 * 1024)

/* host: texts of one value of the registry (REG_MULTI_SZ). */
#define HOST_MAX_TEXTS		4096

/* pe: sections of one executable; the Windows loader takes no more. */
#define PE_MAX_SECTIONS		96

/* pe: entries of the resource tree seen on the way to the version. */
#define PE_MAX_RESOURCES	(16 * 1024)

/* cfb: sectors of one compound file (4 GiB of 512-byte sectors). */
#define CFB_MAX_SECTORS		(8 * 1024 * 1024)

/* cfb: storages and streams of one compound file. */
#define CFB_MAX_ENTRIES		(32 * 1024)

/* cfb: fragments of all its streams together. */
#define CFB_MAX_RUNS		(1024 * 1024)

/* msi: bytes of the summary information. */
#define MSI_MAX_SUMMARY_BYTES	(1024 * 1024)

/* msi: properties of the summary information. */
#define MSI_MAX_PROPERTIES	256

/* msi: product codes or patch codes in one list of the summary. */
#define MSI_MAX_CODES		4096

/* msi: strings of the tables. */
#define MSI_MAX_STRINGS		(1024 * 1024)

/* msi: columns of one table; Windows Installer takes no more. */
#define MSI_MAX_COLUMNS		32

/* msi: rows of one table. */
#define MSI_MAX_ROWS		(1024 * 1024)

/* msi: files that one patch brings; folders of a product, and folders inside
 * one another. */
#define MSI_MAX_FILES		(16 * 1024)
#define MSI_MAX_DIRECTORIES	(8 * 1024)
#define MSI_MAX_DEPTH		64

/* msi: features of the product that files of a patch come with, each a bit. */
#define MSI_MAX_FEATURES	64

/* cab: bytes of memory for unpacking one cabinet, times that all of its bytes
 * are read for it, and its files times its folders. */
#define CAB_MAX_MEMORY		(32 * 1024 * 1024)
#define CAB_MAX_PASSES		3
#define CAB_MAX_STEPS		(512 * 1024 * 1024)

/* xml: bytes of a document; elements inside elements; elements, attributes
 * and namespaces together; and signs "=" from one "<" to the next, which are
 * the attributes of an element. */
#define XML_MAX_BYTES		(4 * 1024 * 1024)
#define XML_MAX_DEPTH		32
#define XML_MAX_NODES		(200 * 1000)
#define XML_MAX_ATTRIBUTES	256

/* xml: bytes of a document that is read tag by tag, and from one "<" to the
 * next. */
#define XMLPULL_MAX_BYTES	(512 * 1024 * 1024)
#define XMLPULL_MAX_RUN		(1024 * 1024)

/* tree: bytes of one path, as it is asked for and with its links resolved. */
#define TREE_MAX_PATH		4000

/* tree: folders above one file. */
#define TREE_MAX_DEPTH		128

/* tree: links followed on the way to one file. */
#define TREE_MAX_LINKS		40

/* tree: names in one folder, where they must be listed. */
#define TREE_MAX_NAMES		(256 * 1024)

/* tree: listings of folders that are kept, and the bytes of one and of all. */
#define TREE_CACHE_FOLDERS	64
#define TREE_CACHE_BYTES	(16 * 1024 * 1024)

/* host: bytes of a registry value that is asked for. */
#define HOST_MAX_VALUE_BYTES	(1024 * 1024)

/* host: damaged places of a hive that are told apart and counted. */
#define HOST_MAX_DAMAGE		1024

/* regf: entries of the subkey lists of one key, all leaves together. */
#define REGF_MAX_SUBKEYS	(1024 * 1024)

/* regf: values of one key; as many as one window span lists. */
#define REGF_MAX_VALUES		(1024 * 1024)

/* regf: bytes of data of one value. */
#define REGF_MAX_VALUE_BYTES	(16 * 1024 * 1024)

/* regf: keys below the first one of a walk, as deep as Windows goes. */
#define REGF_MAX_DEPTH		512

/* scan: runs of bytes that are looked for in files, a bit each. */
#define INVENTORY_MAX_MARKS	64

/* judge: rows of one table of an inventory that is read back, its
 * certificates, and bytes of memory that all of it takes up. */
#define INVENTORY_MAX_ROWS	(64 * 1024)
#define INVENTORY_MAX_CERTS	4096
#define INVENTORY_MAX_BYTES	(16 * 1024 * 1024)

/* scan, judge: products of Windows Installer that name Exchange, folders that
 * Exchange is said to be in, and files that are asked for there. */
#define INVENTORY_MAX_PRODUCTS	1024
#define INVENTORY_MAX_ROOTS	64
#define INVENTORY_MAX_FILES	4096

/* scan: files that wait for a restart, names of what else does, and entries of
 * Programs and Features, that are kept. */
#define PENDING_MAX_RENAMES	4096
#define PENDING_MAX_NAMES	256
#define INVENTORY_MAX_PROGRAMS	1024

/* scan: bytes of one installed file that is hashed. */
#define INVENTORY_MAX_HASHED	(64 * 1024 * 1024)

/* mail: bytes of a mail that are read for its header, bytes of one Received
 * field unfolded, and Received fields. */
#define MAIL_MAX_BYTES		(1024 * 1024)
#define MAIL_MAX_FIELD		(16 * 1024)
#define MAIL_MAX_HOPS		200

/* --exit-style detect: bytes of its line, the newline among them. */
#define DETECT_MAX_LINE		2048

/* --format nagios: bytes of a text, and hosts of many that have a line. */
#define NAGIOS_MAX_LINE		1024
#define NAGIOS_MAX_HOSTS	50

/* --format html: bytes of one text, and builds that are named of a group. */
#define PAGE_MAX_TEXT		(64 * 1024)
#define PAGE_MAX_BUILDS		20

/* which: bytes of questions on standard input, questions, and releases that
 * are listed in the answer to one. */
#define WHICH_MAX_BYTES		(1024 * 1024)
#define WHICH_MAX_QUESTIONS	10000
#define QUERY_MAX_RELEASES	100

/* text: bytes of one line of a log, and of those before the words that it is
 * known by. */
#define TEXTLINES_MAX_LINE	4096
#define TEXTLINES_MAX_HEAD	256

/* setup logs: bytes of one that are read, from its end; runs in it that are
 * looked at; errors of a run, and bytes of one text that are kept; logs of
 * Windows Installer beside it. */
#define SETUPLOG_MAX_BYTES	(64 * 1024 * 1024)
#define SETUPLOG_MAX_RUNS	64
#define SETUPLOG_MAX_ERRORS	8
#define SETUPLOG_MAX_TEXT	512
#define SETUPLOG_MAX_FILES	32

/* which: CVEs of one question, releases of it that they are told of, and
 * releases that are suggested where none was meant. */
#define QUERY_MAX_CVES		16
#define QUERY_MAX_STATES	8
#define QUERY_MAX_NEAR		3

/* which: things that one pasted line names. */
#define PASTED_MAX_ITEMS	32

/* regf: transaction logs of one hive: .LOG1, .LOG2, .LOG. */
#define REGF_LOG_MAX_LOGS	3

/* regf: sectors (512 bytes) of logs that are laid over one hive. */
#define REGF_LOG_MAX_SECTORS	(512 * 1024)

/* regf: bytes of one hive bin that a log changes a part of. */
#define REGF_LOG_MAX_BIN	(4 * 1024 * 1024)
/* scan --deep: folders inside one another, and all that are entered; files
 * that are opened. */
#define DEEP_MAX_DEPTH		64
#define DEEP_MAX_FOLDERS	(32 * 1024)
#define DEEP_MAX_FILES		(256 * 1024)
/* scan: volumes of one scan, all of which are kept until the end. */
#define SCAN_MAX_ROOTS		256

/* judge: hosts of one result. */
#define JUDGE_MAX_HOSTS		10000

/* judge: bytes of a list of servers or of accepted risks, and their lines. */
#define LIST_MAX_BYTES		(16 * 1024 * 1024)
#define SERVERS_MAX		(100 * 1000)
#define ACCEPTED_MAX		1000
/* scan --deep: signatures that differ in more than digest and time. */
#define DEEP_MAX_CLASSES	4096

/* registry command: places of damage that are listed in a result. */
#define REGISTRY_MAX_DAMAGE	10000

/* json: objects and arrays inside one another. */
#define JSON_MAX_DEPTH		32

/* json: bytes of one document that is read, which is one host or few; its
 * values, and the members of one object. */
#define JSON_MAX_BYTES		(16 * 1024 * 1024)
#define JSON_MAX_VALUES		(500 * 1000)
#define JSON_MAX_MEMBERS	1024

/* catalogue: branches that overlays begin, all of them together. */
#define OVERLAY_MAX_BRANCHES	16

/* import: bytes of one list or document; releases of all of them; texts of
 * one kind that one release has; bytes of one text; differences that are
 * told; and branches that lists begin. */
#define IMPORT_MAX_BYTES	(16 * 1024 * 1024)
#define IMPORT_MAX_ROWS		(20 * 1000)
#define IMPORT_MAX_TEXTS	1000
#define IMPORT_MAX_TEXT		512
#define IMPORT_MAX_DIFFERENCES	(50 * 1000)
#define IMPORT_MAX_BRANCHES	8

/* catalogue import, wsusscn2.cab: bytes of it, where it comes from a server;
 * no cabinet can have much more ([MS-CAB] 2.1). */
#define WSUS_MAX_BYTES		(2047 * 1024 * 1024)

/* catalogue import, wsusscn2.cab: bytes of a cabinet in it; cabinets in it;
 * revisions of updates that it lists, and those of Exchange; what one of these
 * names of one kind (files, updates, CVEs), and all of them together. */
#define WSUS_MAX_CABINET	(256 * 1024 * 1024)
#define WSUS_MAX_CABINETS	1000
#define WSUS_MAX_UPDATES	(1000 * 1000)
#define WSUS_MAX_FOUND		(20 * 1000)
#define WSUS_MAX_NAMED		4096
#define WSUS_MAX_ALL_NAMED	(256 * 1024)

/* catalogue check: complaints about one catalogue that are listed. */
#define CHECK_MAX_COMPLAINTS	10000

/* assessment: bytes of one finding's text. */
#define DETAIL_MAX		4096

/* trust: signatures of one file, nested ones included. */
#define SIG_MAX_LEVELS		64

/* trust: signatures nested in one another. */
#define SIG_MAX_DEPTH		8

/* trust: timestamps on one signature. */
#define SIG_MAX_TIMESTAMPS	8

/* trust: certificates inside one signature. */
#define SIG_MAX_CERTS		128

/* trust: purposes of one certificate's extendedKeyUsage, and bytes of a name
 * or a serial number that are shown. */
#define CERT_MAX_EKU		64
#define CERT_MAX_NAME		2048
#define CERT_MAX_SERIAL		64

/* trust: bits of an RSA key and of its exponent; Windows and OpenSSL take
 * longer ones, which cost seconds a check. */
#define RSA_MAX_BITS		8192
#define RSA_MAX_EXPONENT	64

/* inspect: bytes of a file, and of a catalogue or a bare PKCS #7. */
#define INSPECT_MAX_BYTES	(2047 * 1024 * 1024)
#define INSPECT_MAX_PKCS7	(64 * 1024 * 1024)

/* trust: checks of signatures, of certificates and of signers, and paths up
 * from certificates that are kept, for one file. */
#define SIG_MAX_CHECKS		1024

/* trust: bytes of a certificate table or PKCS #7 that are looked at. */
#define SIG_MAX_BYTES		(4 * 1024 * 1024)

/* trust: bytes of a file that are digested at a time. */
#define AUTHENTICODE_BLOCK	(256 * 1024)

/* trust: bytes from which on the digests of a file are made side by side. */
#define AUTHENTICODE_ASIDE	(8 * 1024 * 1024)

/* trust: bytes of a public key or of a certificate that is not decoded again
 * where it comes again; of both, for the one's signature of the other. */
#define CACHE_MAX_BYTES		(8 * 1024)

/* trust: storages inside one another in a signed package. */
#define PACKAGE_MAX_DEPTH	16

/* trust: certificates from a signer to an anchor. */
#define CHAIN_MAX_DEPTH		10

/* trust: bytes of a PEM file of anchors. */
#define ANCHOR_FILE_MAX		(1024 * 1024)

/* trust: anchors that chains may end at. */
#define ANCHORS_MAX		256

/* minisign: bytes of one signature, its comments included. */
#define MINISIGN_MAX_BYTES	(16 * 1024)

/* http: bytes of the header lines of one answer. */
#define HTTP_MAX_HEADER_BYTES	(64 * 1024)

/* http: redirects followed for one file. */
#define HTTP_MAX_REDIRECTS	5

/* http: seconds for one request, unless an option says otherwise. */
#define HTTP_SECONDS		60

/* http: seconds that the option may say. */
#define HTTP_MAX_SECONDS	3600

/* http: times that a request is repeated after a transient failure. */
#define HTTP_MAX_RETRIES	10

/* catalogue store: bytes of the lines before the signature. */
#define STORE_MAX_HEADER	(8 * 1024)

/* probe: requests to one host. */
#define PROBE_MAX_REQUESTS	4

/* probe: seconds for one request. */
#define PROBE_MAX_SECONDS	10

/* probe: different numbers of one host that are told. */
#define PROBE_MAX_FACTS		16

/* probe: bytes of one answer that are looked at. */
#define PROBE_MAX_BYTES		(1024 * 1024)

/* probe: hosts at the same time. */
#define PROBE_MAX_JOBS		32

#endif
