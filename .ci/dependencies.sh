#!/bin/sh
# Installs what building and testing need, on Debian and Ubuntu; elsewhere it prints the list. Shared by
# maps/demo.sh, tests/run.sh and .ci/run. `sh .ci/dependencies.sh build`, `... test`, `... fuzz` or `... lint`.
set -eu

build="gcc cmake ninja-build pkg-config libc6-dev libgomp1 libgdal-dev libproj-dev libgeos-dev libcairo2-dev
libpango1.0-dev libfontconfig-dev libpng-dev zlib1g-dev libxml2-dev libyaml-dev libssl-dev fonts-inter
fonts-noto-core fonts-dejavu-core"
test="libcmocka-dev bats gdal-bin python3 libxml2-utils poppler-utils librsvg2-bin clang-format valgrind"
# what the harness of .ci/run uses besides; tests that need them are skipped where they are absent
extra="python3-numpy python3-scipy"

# clang's own libraries are named after its version
fuzz="clang"
if [ "${1:-build}" = fuzz ] && command -v apt-cache >/dev/null 2>&1; then
    version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p' | head -n 1)
    if [ -n "$version" ]; then
        fuzz="clang libclang-rt-$version-dev libomp-$version-dev"
    fi
fi

case "${1:-build}" in
build) wanted="$build" ;;
test) wanted="$build $test" ;;
fuzz) wanted="$build $fuzz" ;;
lint) wanted="$build libcmocka-dev clang-tidy cppcheck" ;;
all) wanted="$build $test $extra" ;;
*)
    echo "usage: sh .ci/dependencies.sh build|test|fuzz|lint|all" >&2
    exit 2
    ;;
esac

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This system has no apt. Please see that these packages (or their like) are installed:"
    echo "$wanted" | tr '\n' ' ' | fold -s -w 96
    echo
    exit 0
fi

missing=""
for package in $wanted; do
    if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed"; then
        missing="$missing $package"
    fi
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1; then
        as_root="sudo"
    else
        echo "Please install as root: apt-get install$missing" >&2
        exit 1
    fi
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
