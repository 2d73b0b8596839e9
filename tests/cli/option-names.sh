# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# A file that somebody has called as an option is, and "*" brings in: it is
# told, and neither read as an option nor passed over.
mkdir here
cd here || exit
echo text >a.msp
for name in --overlay=zz.msp -oVICTIM.msp --exit-style=zero -q --help; do
	echo text >"./$name"
	for command in scan judge which inspect registry probe 'catalogue check' \
	    'catalogue import' 'catalogue learn' 'catalogue list' \
	    'catalogue show' 'catalogue update'; do
		# shellcheck disable=SC2035,SC2086
		rollcall $command * >out 2>err && echo "exit 0"
		[ $? -eq 64 ] || echo "$command: not 64"
		grep -q "is it an option? There is a file of this name" err ||
		    cat err
		[ ! -s out ] || cat out
		rm out err
	done
	rollcall inspect --quiet "$name" a.msp
	echo "$?"
	rm "./$name"
done
ls
echo text >-x.msp
rollcall inspect --quiet -- *
echo "$?"
rollcall inspect --quiet ./-x.msp
echo "$?"
# The end of options is a name as well: a file is not passed over for it.
echo text >./--
rollcall inspect --quiet *
echo "$?"
rollcall inspect --quiet -- a.msp
echo "$?"
rollcall inspect --quiet ./a.msp
echo "$?"
rollcall inspect --quiet -- *
echo "$?"
