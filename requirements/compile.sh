#!/bin/sh
# Re-locks what was changed in the *.in files: `requirements/compile.sh [uv]`. No index address reaches the lock files.
set -eu
cd "$(dirname "$0")/.."
lock() {
  "${UV:-uv}" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header --no-annotate "$@"
}
lock requirements/pip.in -o requirements/pip.txt
lock requirements/layer.in -o requirements/layer.txt
lock requirements/dev.in -c requirements/layer.txt -o requirements/dev.txt
