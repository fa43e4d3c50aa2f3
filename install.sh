#!/bin/sh
# Installs the octo-sts program from a release of Octo-STS for Java, after checking its SHA-256:
#
#   curl -fsSL https://raw.githubusercontent.com/octo-sts/octo-sts-java/main/install.sh | sh
#
# Variables:
#   OCTOSTS_VERSION       the release, such as 1.2.3 or v1.2.3; default is the newest one
#   OCTOSTS_INSTALL_DIR   the folder for the program; default is ~/.local/share/octo-sts
#   OCTOSTS_BIN_DIR       the folder for the link to it; default is ~/.local/bin, and in GitHub Actions no link is made
#   OCTOSTS_SHA256        the SHA-256 of the archive; default is the one in the release's SHA256SUMS
#   OCTOSTS_RELEASES_URL  where releases are, for a mirror
set -eu

RELEASES=${OCTOSTS_RELEASES_URL:-https://github.com/octo-sts/octo-sts-java/releases}

fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

has() { command -v "$1" >/dev/null 2>&1; }

# fetch ADDRESS FILE
fetch() {
    if has curl; then
        curl -fsSL --retry 3 --connect-timeout 20 -o "$2" "$1" || fail "$1 cannot be downloaded"
    elif has wget; then
        wget -q -O "$2" "$1" || fail "$1 cannot be downloaded"
    else
        fail 'curl or wget is needed'
    fi
}

# The address to which "latest" leads ends in the name of the newest release.
newest() {
    if has curl; then
        curl -fsSLI --retry 3 --connect-timeout 20 -o /dev/null -w '%{url_effective}' "$RELEASES/latest"
    else
        wget -q -S --spider "$RELEASES/latest" 2>&1 | sed -n 's/^ *Location: *\([^ ]*\).*/\1/p' | tail -n 1
    fi | sed -n 's|.*/tag/v||p'
}

digest() {
    if has sha256sum; then
        sha256sum "$1"
    elif has shasum; then
        shasum -a 256 "$1"
    else
        fail 'sha256sum or shasum is needed'
    fi | cut -d' ' -f1
}

# man looks beside the folders of the PATH, for ~/.local/bin in ~/.local/share/man.
#   link_manual FOLDER BIN
link_manual() {
    [ -f "$1/octo-sts.1" ] || return 0
    case $2 in
        */bin) pages=${2%/bin}/share/man/man1 ;;
        *)
            printf 'the manual: man -M %s octo-sts\n' "${1%/man1}"
            return 0
            ;;
    esac
    mkdir -p "$pages"
    for page in "$1"/octo-sts*.1; do
        ln -sfn "$page" "$pages/${page##*/}"
    done
    printf 'the manual: man octo-sts (in %s)\n' "$pages"
}

# Everything is in a function that the last line calls: a shell that reads half of this file does nothing.
install() {
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64 | Linux-amd64) platform=linux-x86_64 ;;
        *) fail "there is no archive for $(uname -s) on $(uname -m); use the image, or build from source" ;;
    esac
    version=${OCTOSTS_VERSION:-}
    version=${version#v}
    [ -n "$version" ] || version=$(newest)
    case $version in
        '') fail "the newest release is not known; set OCTOSTS_VERSION" ;;
        [0-9]*) ;;
        *) fail "\"$version\" is not a release, such as 1.2.3; set OCTOSTS_VERSION" ;;
    esac
    case $version in
        *[!0-9A-Za-z.+-]*) fail "\"$version\" is not a release, such as 1.2.3; set OCTOSTS_VERSION" ;;
    esac
    archive=octo-sts-$version-$platform.tar.gz

    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
    fetch "$RELEASES/download/v$version/$archive" "$work/$archive"
    expected=${OCTOSTS_SHA256:-}
    if [ -z "$expected" ]; then
        fetch "$RELEASES/download/v$version/SHA256SUMS" "$work/SHA256SUMS"
        expected=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$archive\$/\1/p" "$work/SHA256SUMS")
        [ -n "$expected" ] || fail "SHA256SUMS of $version does not name $archive"
    fi
    found=$(digest "$work/$archive")
    [ "$found" = "$expected" ] || fail "$archive has the SHA-256 $found, and not $expected; nothing was installed"

    folder=${OCTOSTS_INSTALL_DIR:-$HOME/.local/share/octo-sts}
    mkdir -p "$folder"
    tar -xzf "$work/$archive" -C "$work"
    [ -x "$work/octo-sts/bin/octo-sts" ] || fail "$archive has no octo-sts/bin/octo-sts"
    # The new version is whole before it takes the place of the one before.
    rm -rf "$folder/$version"
    mv "$work/octo-sts" "$folder/$version"

    if [ -n "${GITHUB_PATH:-}" ]; then
        printf '%s\n' "$folder/$version/bin" >>"$GITHUB_PATH"
        printf 'version=%s\npath=%s\n' "$version" "$folder/$version" >>"$GITHUB_OUTPUT"
    else
        bin=${OCTOSTS_BIN_DIR:-$HOME/.local/bin}
        mkdir -p "$bin"
        ln -sfn "$folder/$version/bin/octo-sts" "$bin/octo-sts"
        link_manual "$folder/$version/share/man/man1" "$bin"
        case ":$PATH:" in
            *":$bin:"*) ;;
            *) printf 'install.sh: %s is not on the PATH; call %s/octo-sts, or add it\n' "$bin" "$bin" >&2 ;;
        esac
    fi
    printf 'octo-sts %s is installed in %s\n' "$version" "$folder/$version"
}

install
