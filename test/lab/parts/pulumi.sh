# Pulumi: the real engine, language hosts and helm, linked from Go modules by `lab build pulumi`, or when `lab pulumi` first needs them.

pulumi=$cache/pulumi-$(key_of pulumi/cli pulumi/host pulumi/helm parts/pulumi.sh)

build_pulumi() { made "$pulumi" link_pulumi; }

link_pulumi() {
  need_go
  local flag='-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version'
  (cd "$here/pulumi/cli" && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $flag=v3.230.0" -o "$1" \
    github.com/pulumi/pulumi/pkg/v3/cmd/pulumi github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml)
  (cd "$here/pulumi/helm" && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$1" helm.sh/helm/v3/cmd/helm)
  link_nodejs_host "$1" "$flag=v3.60.0"
}

# Later versions than this one are not to be had as Go modules. Two things of theirs are added to a copy: a program talks to the engine
# without the host between them (which would have to know every call), and a folder of sources can be a plugin.
link_nodejs_host() (
  local folder=$1 flag=$2 module=github.com/pulumi/pulumi/sdk/v3 copy host
  copy=$(mktemp -d)
  cd "$here/pulumi/host"
  go mod download "$module"
  cp -r --no-preserve=mode "$(go list -m -f '{{.Dir}}' "$module")" "$copy/sdk"
  host=$copy/sdk/nodejs/cmd/pulumi-language-nodejs
  sed -i -e 's|fmt.Sprintf("127.0.0.1:%d", handle.Port), pipes|req.GetMonitorAddress(), pipes|w /dev/stderr' \
    -e 's|return errors.New("not supported")|return runPlugin(req, server)|w /dev/stderr' "$host/main.go" 2>"$copy/changed"
  (($(wc -l <"$copy/changed") == 2)) || fail "$module is not the version that is to be changed"
  cp later/run_plugin.go "$host"
  cp go.mod go.sum "$copy"
  go mod edit -replace "$module=$copy/sdk" "$copy/go.mod"
  CGO_ENABLED=0 go build -modfile "$copy/go.mod" -trimpath -ldflags "-s -w $flag" -o "$folder/pulumi-language-nodejs" "$module/nodejs/cmd/pulumi-language-nodejs"
  rm -r "$copy"
)
