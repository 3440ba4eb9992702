package main

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// runPlugin runs a plugin that is a folder of sources (PulumiPlugin.yaml says `runtime: nodejs`), as later versions of this host do.
func runPlugin(req *pulumirpc.RunPluginRequest, server pulumirpc.LanguageRuntime_RunPluginServer) error {
	folder := programDirectory(req)
	if folder == "" {
		return errors.New("the engine did not say where the plugin is")
	}
	closer, stdout, stderr, err := rpcutil.MakeRunPluginStreams(server, false)
	if err != nil {
		return err
	}
	defer closer.Close()
	runner := filepath.Join(folder, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin")
	cmd := exec.CommandContext(server.Context(), "node", append([]string{runner, folder}, req.Args...)...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = req.Pwd, req.Env, stdout, stderr
	err = cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return fmt.Errorf("could not run the plugin in %s: %w", folder, err)
	}
	return server.Send(&pulumirpc.RunPluginResponse{
		Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(cmd.ProcessState.ExitCode())},
	})
}

// programDirectory reads RunPluginRequest.info.program_directory, which this version's messages do not know yet.
func programDirectory(req *pulumirpc.RunPluginRequest) string {
	info := field(req.ProtoReflect().GetUnknown(), 5)
	return string(field(info, 2))
}

// field is the first length-delimited field of a number in an encoded message; nil if there is none.
func field(message []byte, number protowire.Number) []byte {
	for len(message) > 0 {
		num, kind, size := protowire.ConsumeTag(message)
		if size < 0 {
			return nil
		}
		message = message[size:]
		if num == number && kind == protowire.BytesType {
			value, _ := protowire.ConsumeBytes(message)
			return value
		}
		size = protowire.ConsumeFieldValue(num, kind, message)
		if size < 0 {
			return nil
		}
		message = message[size:]
	}
	return nil
}
