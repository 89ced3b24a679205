#!/bin/sh
# Installs what is missing, builds the program and draws the sample city into maps/sample.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
start=$(date +%s)
sh "$root/.ci/dependencies.sh" build
cmake -S "$root" -B "$root/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSERVICEGAP_TESTS=OFF >/dev/null
cmake --build "$root/build"
cd "$root"
build/bin/servicegap run geodata/sample/project.yaml --overwrite -v
echo
echo "made in maps/sample:"
(cd maps/sample && ls -1 | sed 's/^/  /')
echo "took $(($(date +%s) - start)) s"
