# Stopping: everything that `up` started ends, and what its programs left outside their own folders goes, too.

# Places that kubelet, containerd and the CNI plugins insist on. `up` notes which of them were not there before.
outside() { ls -d /var/log/containers /var/lib/cni /var/lib/kubelet /run/containerd /sys/fs/cgroup/*/k8s.io /sys/fs/cgroup/k8s.io "$@" 2>/dev/null || true; }

note_before() { outside /run/netns/cni-* >"$run/before"; }

down() {
  [[ -e $run || -e $store ]] || ls /run/netns/kg-* >/dev/null 2>&1 || return 0
  local name pid file
  for name in kubelet proxy cloud scheduler controllers apiserver etcd; do stop_programs "$name"; done
  # Pods end with their shims: each shim belongs to one of our containerd sockets.
  for pid in $(ps -eo pid=,args= | awk -v run="$run/" '/containerd-shim/ && index($0, run) {print $1}'); do
    kill -KILL $(ps -o pid= --ppid "$pid") "$pid" 2>/dev/null || true
  done
  stop_programs containerd
  for file in /run/netns/kg-*; do [[ -e $file ]] && end_strangers "$(basename "$file")"; done
  awk -v run="$run/" 'index($2, run) == 1 {print $2}' /proc/mounts | sort -r | while read -r file; do umount -l "$file" || true; done
  touch "$run/before" 2>/dev/null || true
  for file in /run/netns/kg-* $(outside /run/netns/cni-*); do
    [[ -e $file ]] || continue
    grep -qxF "$file" "$run/before" 2>/dev/null && continue
    case $file in
      /run/netns/*) [[ -n $(ip netns pids "$(basename "$file")") ]] || ip netns del "$(basename "$file")" ;;
      /sys/fs/cgroup/*) find "$file" -depth -type d -exec rmdir {} + 2>/dev/null || true ;;
      *) rm -rf "$file" ;;
    esac
  done
  [[ ! -d /var/log/containers ]] || find /var/log/containers -lname "$run/*" -delete
  [[ ! -s $run/autogroup ]] || cat "$run/autogroup" >"$autogroup"
  rm -rf "$run" "$store"
  ! ls -d "$run" "$store" /run/netns/kg-* 2>/dev/null || fail 'the above could not be removed'
}

stop_programs() {   # stop_programs PREFIX: ends the process groups whose names begin so, by force after 5 s
  local file pid
  for file in "$run/pids/$1"*; do [[ -f $file ]] && kill -- "-$(cat "$file")" 2>/dev/null || true; done
  for file in "$run/pids/$1"*; do
    [[ -f $file ]] || continue
    pid=$(cat "$file")
    for ((i = 0; i < 50; i++)); do kill -0 -- "-$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
  done
}

end_strangers() {   # what still runs in one of our network namespaces, such as a forgotten `lab run`; not ourselves
  local pid ours=" $(ancestors $$) "
  for pid in $(ip netns pids "$1"); do [[ $ours == *" $pid "* ]] || kill -KILL "$pid" 2>/dev/null || true; done
}

ancestors() { local pid=$1; while ((pid > 1)); do echo -n "$pid "; pid=$(awk '/^PPid/ {print $2}' "/proc/$pid/status"); done; }
