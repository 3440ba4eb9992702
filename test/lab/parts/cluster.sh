# Starting: the network, the control plane, the nodes, the cloud.

start() {   # start NAME HOST COMMAND ...: a background program with its log and its pid, and nothing of ours left open in it
  local name=$1 host=$2 nice=-15; shift 2
  [[ $name == containerd-* ]] && nice=0   # what starts pods must not hold up those that serve
  [[ $name == kubelet-* ]] && nice=-10
  (
    for fd in /proc/"$BASHPID"/fd/*; do
      fd=${fd##*/}
      if ((fd > 2 && fd < 255)); then eval "exec $fd>&-"; fi
    done
    exec setsid nice -n "$nice" nsenter --net=/run/netns/kg-"$host" -- "$@" >"$log/$name.log" 2>&1 </dev/null
  ) &
  echo $! >"$run/pids/$name"
}

dead_programs() {
  local file
  for file in "$run"/pids/*; do kill -0 "$(cat "$file")" 2>/dev/null || basename "$file"; done
}

wait_for() {   # wait_for SECONDS WHAT COMMAND ...
  local seconds=$1 what=$2 end; shift 2
  end=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= end)); then
      echo "lab: $what did not come up in $seconds s" >&2
      return 1
    fi
    sleep 0.2
  done
}

up() {
  local nodes=${1:-3} proxy=${LAB_PROXY:-iptables}
  [[ $nodes =~ ^[1-9]$ ]] || fail "the number of nodes must be 1 to 9: it is '$nodes'"
  build
  exec 9>/run/kube-graceful-lab.lock
  flock -w 300 9 || fail 'another one has been starting for 5 minutes'
  if status >/dev/null 2>&1; then
    (($(cat "$run/nodes") == nodes)) || fail "up with $(cat "$run/nodes") nodes already; run '$0 down' first"
    [[ $(cat "$run/proxy") == "$proxy" ]] || fail "up with kube-proxy in $(cat "$run/proxy") mode already; run '$0 down' first"
    status
    return
  fi
  down   # what an earlier lab, ended from outside, may have left
  trap give_up EXIT
  mkdir -p "$log" "$run"/{pids,pki,etcd,images}
  note_before
  echo "$nodes" >"$run/nodes"
  echo "$proxy" >"$run/proxy"
  local n hosts=(control cloud); for ((n = 1; n <= nodes; n++)); do hosts+=("node-$n"); done
  network "${hosts[@]}"
  who_comes_first
  control_plane
  local starting=(); for ((n = 1; n <= nodes; n++)); do start_node "$n" & starting+=($!); done
  for n in "${starting[@]}"; do wait "$n"; done
  routes "$nodes"
  start cloud cloud "$programs/kube" cloud --kubeconfig "$kubeconfig" --settings "$run/cloud.json" --vips "$vips"
  wait_for 90 'the cluster' status
  wait_for 30 'the default service account' kube get serviceaccount default
  trap - EXIT
  kube get nodes -o wide
}

give_up() {   # `up` failed: say why, then leave nothing behind
  trap - EXIT
  local name
  status >&2 || true
  for name in $(dead_programs); do
    echo "--- the end of $name's log:" >&2
    tail -n 15 "$log/$name.log" >&2
  done
  down
  echo 'lab: did not start' >&2
  exit 1
}

# Three nodes and a cloud share the machine's processors, and when they are full somebody has to wait. Pods without CPU requests have next
# to no weight, while on a node of their own they would have all of it: as a whole they get a hundred times that of an ordinary program.
# The cluster's own programs get 29 times as much, each: they need little, but a kube-proxy or a load balancer that comes too late would be
# one no real node has. Where the kernel weighs sessions, and not programs, that is off meanwhile.
who_comes_first() {
  if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
    mkdir -p /sys/fs/cgroup/k8s.io && echo 10000 >/sys/fs/cgroup/k8s.io/cpu.weight || true
  elif [[ -d /sys/fs/cgroup/cpu ]]; then
    mkdir -p /sys/fs/cgroup/cpu/k8s.io && echo 102400 >/sys/fs/cgroup/cpu/k8s.io/cpu.shares
  fi
  [[ -w $autogroup ]] && cat "$autogroup" >"$run/autogroup" && echo 0 >"$autogroup" || true
}

network() {
  ip netns add kg-fabric
  ip -n kg-fabric link add fabric type bridge
  ip -n kg-fabric link set fabric up
  local host
  for host in "$@"; do
    ip netns add "kg-$host"
    ip -n "kg-$host" link set lo up
    ip -n kg-fabric link add "to-$host" type veth peer name eth0 netns "kg-$host"
    ip -n kg-fabric link set "to-$host" master fabric up
    ip -n "kg-$host" link set eth0 up
  done
  ip -n kg-control addr add "$net.10/24" dev eth0
  ip -n kg-cloud addr add "$net.20/24" dev eth0
}

routes() {
  local nodes=$1 n m
  for ((n = 1; n <= nodes; n++)); do
    ip -n kg-cloud route add "$pods.$n.0/24" via "$net.$((100 + n))"
    for ((m = 1; m <= nodes; m++)); do ((n == m)) || ip -n "kg-node-$n" route add "$pods.$m.0/24" via "$net.$((100 + m))"; done
    ip -n "kg-node-$n" route add "$vips.0/24" via "$net.20"
  done
  ip -n kg-cloud route add "$services" via "$net.101"
}

control_plane() {
  local token=lab-admin
  echo "$token,admin,admin,system:masters" >"$run/pki/tokens.csv"
  openssl genrsa -out "$run/pki/accounts.key" 2048 2>/dev/null
  openssl rsa -in "$run/pki/accounts.key" -pubout -out "$run/pki/accounts.pub" 2>/dev/null
  start etcd control "$programs/kube" etcd --data-dir "$run/etcd" --unsafe-no-fsync
  start apiserver control "$programs/kube" apiserver --etcd-servers http://127.0.0.1:2379 --advertise-address "$net.10" \
    --bind-address "$net.10" --cert-dir "$run/pki" --token-auth-file "$run/pki/tokens.csv" --authorization-mode Node,RBAC \
    --service-cluster-ip-range "$services" --service-account-issuer https://kubernetes.default.svc \
    --service-account-key-file "$run/pki/accounts.pub" --service-account-signing-key-file "$run/pki/accounts.key" \
    --kubelet-preferred-address-types InternalIP --allow-privileged --profiling=false
  wait_for 60 "the API server's certificate" test -s "$run/pki/apiserver.crt"
  local config=("$programs/kubectl" config --kubeconfig "$kubeconfig")
  "${config[@]}" set-cluster lab --server "https://$net.10:6443" --certificate-authority "$run/pki/apiserver.crt" --embed-certs >/dev/null
  "${config[@]}" set-credentials admin --token "$token" >/dev/null
  "${config[@]}" set-context lab --cluster lab --user admin >/dev/null
  "${config[@]}" use-context lab >/dev/null
  wait_for 60 'the API server' kube get --raw /readyz
  start controllers control "$programs/kube" controllers --kubeconfig "$kubeconfig" --leader-elect=false --root-ca-file "$run/pki/apiserver.crt" \
    --service-account-private-key-file "$run/pki/accounts.key" --use-service-account-credentials=false --cluster-cidr "$pods.0.0/16" --allocate-node-cidrs=false
  start scheduler control "$programs/kube" scheduler --kubeconfig "$kubeconfig" --leader-elect=false
}

load() {   # load NODE IMAGE.tar
  in_host "$1" ctr --address "$run/$1/containerd.sock" -n k8s.io images import "$2" >/dev/null
}

start_node() {   # start_node N: containerd, kubelet and kube-proxy in their own network namespace
  local n=$1 name=node-$1 dir=$run/node-$1
  mkdir -p "$dir"/{cni,kubelet,logs,plugins,ipam} "$store/$name"
  ip -n "kg-$name" addr add "$net.$((100 + n))/24" dev eth0
  in_host "$name" sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1 net.ipv4.conf.all.rp_filter=0
  node_settings "$n" "$name" "$dir"
  start "containerd-$name" "$name" containerd --config "$dir/containerd.toml"
  wait_for 20 "containerd of $name" test -S "$dir/containerd.sock"
  local image; for image in "$images"/*.tar; do load "$name" "$image"; done
  start "kubelet-$name" "$name" "$programs/kube" kubelet --config "$dir/kubelet.yaml" --kubeconfig "$kubeconfig" \
    --root-dir "$dir/kubelet" --cert-dir "$dir/pki" --hostname-override "$name" --node-ip "$net.$((100 + n))" --v 2
  start "proxy-$name" "$name" "$programs/kube" proxy --kubeconfig "$kubeconfig" --hostname-override "$name" \
    --cluster-cidr "$pods.0.0/16" --proxy-mode "$(cat "$run/proxy")" --conntrack-max-per-core 0 --conntrack-tcp-timeout-established 0 \
    --conntrack-tcp-timeout-close-wait 0 --healthz-bind-address 0.0.0.0:10256 --v 2
}

node_settings() {
  local n=$1 name=$2 dir=$3
  cat >"$dir/containerd.toml" <<TOML
version = 2
root = "$store/$name"
state = "$dir/containerd"
[grpc]
  address = "$dir/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/lab/agnhost:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$dir/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
TOML
  cat >"$dir/cni/lab.conflist" <<JSON
{"cniVersion": "1.0.0", "name": "lab", "plugins": [{
  "type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
  "ipam": {"type": "host-local", "dataDir": "$dir/ipam", "ranges": [[{"subnet": "$pods.$n.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}
}]}
JSON
  cat >"$dir/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
cgroupsPerQOS: false
enforceNodeAllocatable: []
failSwapOn: false
failCgroupV1: false
containerRuntimeEndpoint: unix://$dir/containerd.sock
podLogsDir: $dir/logs
volumePluginDir: $dir/plugins
resolvConf: ""
evictionHard: {nodefs.available: "0%", imagefs.available: "0%", memory.available: "1Mi"}
imageGCHighThresholdPercent: 100
YAML
}
