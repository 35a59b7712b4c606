#!/bin/sh
# Make a virtual environment with the first Python that nnlab can run on: make_venv.sh FOLDER
set -eu
folder=$1
needed='import sys; sys.exit(sys.version_info < (3, 11))'

if [ -x "$folder/bin/python" ] && "$folder/bin/python" -m pip --version >/dev/null 2>&1 &&
    "$folder/bin/python" -c "$needed"; then
    exit 0
fi

python=
for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c "$needed" 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    first=${PYTHON:-python3}
    found=$("$first" --version 2>&1) || found="no $first that starts"
    echo "nnlab needs Python 3.11 or newer; found: $found." >&2
    echo "Install one, or name it: make PYTHON=/path/to/python3 ..." >&2
    exit 1
fi

rm -rf "$folder"
if ! "$python" -m venv "$folder"; then
    rm -rf "$folder"
    # Debian keeps venv apart from Python
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get -qq update
        DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes python3-venv
        "$python" -m venv "$folder"
    else
        echo "$python cannot make virtual environments; on Debian and Ubuntu: sudo apt install python3-venv" >&2
        exit 1
    fi
fi
