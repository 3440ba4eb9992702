/** What `kube-graceful --help` prints. */
export const USAGE = `kube-graceful: rollouts that drop nothing

  kube-graceful drill DEPLOYMENT --address URL --context NAME [--yes]
      does something to a live Deployment while clients use it, and counts what they lost
  kube-graceful explain FILE...
      shows the timing budget of the Deployments in YAML files, each number with its source
  kube-graceful load
      the clients of a drill elsewhere: see --from

drill, the cluster:
  --address http://HOST[:PORT]   where the clients send; required
  --context NAME                 of the kubeconfig; together with --yes nothing is asked
  --kubeconfig FILE  --namespace NAME
  --yes                          go ahead
drill, what is done:
  --action ACTION                roll (default), roll-back, never-ready, two-rolls, drain-node, scale-in, delete-pod, command
  --manifest FILE                of roll: apply it in place of a restart
  --for SECONDS                  of never-ready (20)
  --node NAME                    of drain-node: this one (the one with most of its pods)
  --to-replicas N                of scale-in (half)
  --pod NAME                     of delete-pod (the one seen first)
  --command 'COMMAND'            anything else, with sh -c; it is not put back
  --timeout SECONDS              gives the drill up (600), and puts the cluster back
  --quiet SECONDS                how long the load runs before and after (3)
drill, the clients (none named: --new 20 --reused 20):
  --new RATE                     requests a second, a connection each
  --reused RATE                  requests a second on 10 connections
  --idle SECONDS                 connections that are silent for so long between two requests, one a second; may be repeated
  --http2 RATE                   requests a second on one HTTP/2 connection
  --slow RATE                    requests a second to --slow-path (/slow?ms=3000), --slow-ms (3000) longer than others
  --stream N  --websocket N      open at a time, at --stream-path (/stream) and --websocket-path (/websocket)
  --goodbye TEXT                 of both: a line, event or message that begins so tells clients to move (move)
  --path PATH                    of new, reused, idle and http2 (/)
  --request-timeout SECONDS      how long a client waits (10)
  --from 'COMMAND'               runs them elsewhere: COMMAND starts 'kube-graceful load' there, such as
                                 'kubectl --context NAME -n NAME exec -i client -- kube-graceful load'
                                 for what a pod loses
drill, the verdict:
  --allow N                      so many may be lost (0)
  --json FILE  --html FILE  --svg FILE   the report as data, as a page, and its picture
explain, and the plan that a drill is held against:
  --options JSON                 what you know of the workload (GracefulOptions); else its annotation kube-graceful/options

Ends with 0: held, 1: more was lost than is allowed, nothing is proven, or a plan is refused, 2: it could not be done.
`;
