#!/bin/sh
# Installs the build into a folder of its own and uses it from there as a stranger would: the program, its data, the CMake
# package, pkg-config.   run_install.sh BUILD COMPILER
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$1
compiler=${2:-cc}
folder=$(mktemp -d "${TMPDIR:-/tmp}/servicegap-install-XXXXXX")
trap 'rm -rf "$folder"' EXIT
prefix=$folder/prefix

cmake --install "$build" --prefix "$prefix" >"$folder/install.log" || { cat "$folder/install.log"; exit 1; }

# the program finds its data beside itself
unset SERVICEGAP_DATA
"$prefix/bin/servicegap" --version
"$prefix/bin/servicegap" list types >"$folder/types.txt"
test -s "$prefix/share/man/man1/servicegap.1"
test -d "$prefix/share/servicegap/styles/taxonomies"

# sanitizers of the library must be those of its user
flags=
if grep -q '^SERVICEGAP_SANITIZE:BOOL=ON' "$build/CMakeCache.txt"; then flags='-fsanitize=address,undefined'; fi

cmake -G Ninja -S "$here" -B "$folder/by-cmake" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_C_FLAGS="$flags" >"$folder/cmake.log" || { cat "$folder/cmake.log"; exit 1; }
cmake --build "$folder/by-cmake" >"$folder/build.log" || { cat "$folder/build.log"; exit 1; }
mkdir -p "$prefix/bin"
cp "$folder/by-cmake/uses_servicegap" "$prefix/bin/"
"$prefix/bin/uses_servicegap"

# pkg-config, moved to where it was installed
pc=$(find "$prefix" -name servicegap.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
"$compiler" $flags -std=gnu17 $(pkg-config --define-variable=prefix="$prefix" --cflags servicegap) "$here/uses_servicegap.c" \
    $(pkg-config --define-variable=prefix="$prefix" --libs servicegap) -o "$prefix/bin/uses_pkg_config"
"$prefix/bin/uses_pkg_config"
echo "installed, found by CMake and by pkg-config"
