# What the lab is made of: programs linked from Go modules and images packed from them, each kept in the cache under a hash
# of its sources, so that a changed source is built anew and two checkouts do not disturb each other.

key_of() { (cd "$here" && find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12); }

programs=$cache/programs-$(key_of kube)
images=$cache/images-$(key_of kube app oci.py parts/build.sh)-node-$(node --version 2>/dev/null || echo none)

# made FOLDER FUNCTION: calls FUNCTION with an empty folder, which becomes FOLDER once it succeeded; unless it is there already.
made() {
  local folder=$1 make=$2
  if [[ ! -d $folder ]]; then
    mkdir -p "$cache"
    (
      flock 9
      [[ -d $folder ]] && exit
      rm -rf "$folder.new" && mkdir "$folder.new"
      "$make" "$folder.new"
      mv "$folder.new" "$folder"
      find "$cache" -mindepth 1 -maxdepth 1 -mtime +14 -exec rm -rf {} + # what other sources left behind
    ) 9>"$cache/lock"
  fi
  touch "$folder"
}

need_go() { command -v go >/dev/null || fail 'it needs Go >= 1.24 on PATH to build the cluster'; }

need_packages() {
  local missing=() pair
  for pair in containerd:containerd runc:runc iptables:iptables conntrack:conntrack ip:iproute2 sysctl:procps openssl:openssl python3:python3 nft:nftables; do
    command -v "${pair%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  [[ -x /usr/lib/cni/bridge ]] || missing+=(containernetworking-plugins)
  [[ -x /bin/busybox ]] && ! ldd /bin/busybox >/dev/null 2>&1 || missing+=(busybox-static)
  ((${#missing[@]} == 0)) && return
  command -v apt-get >/dev/null || fail "it needs ${missing[*]}, and there is no apt-get to install them"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build() {
  [[ ${1:-pulumi} == pulumi ]] || fail "lab build [pulumi]: got '$*'"
  need_packages
  made "$programs" link_programs
  command -v node >/dev/null || fail 'it needs Node.js on PATH for the image of the web application'
  made "$images" pack_images
  [[ -z ${1:-} ]] || build_pulumi
}

link_programs() {
  need_go
  local version flags
  version=$(cd "$here/kube" && go list -m -f '{{.Version}}' k8s.io/kubernetes)
  flags="-s -w -X k8s.io/component-base/version.gitVersion=$version"
  flags+=" -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=$(cut -d. -f2 <<<"$version")"
  (cd "$here/kube" && CGO_ENABLED=0 go build -trimpath -ldflags "$flags" -o "$1/kube" . &&
    CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$1/agnhost" k8s.io/kubernetes/test/images/agnhost)
  ln -s kube "$1/kubectl"
}

pack_images() {
  pack lab/agnhost:1 "$1" "$programs/agnhost"
  LAB_IMAGE_FILES=$here/app pack lab/web:1 "$1" "$(node -p process.execPath)"
  pack_nginx "$1"
}

pack_nginx() {   # the package is unpacked, not installed: that would start a server on this machine
  local package; package=$(mktemp -d)
  (cd "$package" && { apt-get download -qq nginx || { apt-get update -qq && apt-get download -qq nginx; }; } && dpkg-deb -x nginx_*.deb .)
  mkdir -p "$package/files/var/lib/nginx"
  LAB_IMAGE_FILES=$package/files pack lab/nginx:1 "$1" "$package/usr/sbin/nginx"
  rm -rf "$package"
}

file_of() { echo "$(tr '/:' '__' <<<"$1").tar"; }

pack() {   # pack NAME FOLDER PROGRAM ...: into FOLDER an image of these programs, the libraries they load, and busybox
  local name=$1 folder=$2; shift 2
  local root; root=$(mktemp -d)
  mkdir -p "$folder" "$root"/{bin,etc,tmp,proc,sys,dev,run,var/log,var/tmp,usr/bin}
  chmod 755 "$root"   # users other than root must get in
  chmod 1777 "$root/tmp" "$root/var/tmp"
  echo 'root:x:0:0:root:/:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  cp -L /bin/busybox "$root/bin/busybox"
  local applet; for applet in sh sleep cat ls env echo wget nc kill ps date mkdir true; do ln -sf busybox "$root/bin/$applet"; done
  local program library
  for program in "$@"; do
    cp -L "$program" "$root/bin/$(basename "$program")"
    for library in $(ldd "$program" 2>/dev/null | grep -o '/[^ ]*' | sort -u); do
      mkdir -p "$root$(dirname "$library")" && cp -L "$library" "$root$library"
    done
  done
  if [[ -n ${LAB_IMAGE_FILES:-} ]]; then cp -a "$LAB_IMAGE_FILES"/. "$root/"; fi
  python3 "$here/oci.py" "$name" "$root" "$folder/$(file_of "$name")"
  rm -rf "$root"
}
