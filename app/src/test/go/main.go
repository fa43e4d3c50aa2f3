// The client of the Chainguard SDK as its users call it: one exchange, over gRPC or over HTTP/1.1. It prints
// "token EXPIRY TOKEN" or "refused CODE MESSAGE". And the call that grpc_health_probe makes: "health STATUS".
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"chainguard.dev/sdk/sts"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	health "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

func checkHealth(ctx context.Context, target string) {
	connection, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer connection.Close()
	answer, err := health.NewHealthClient(connection).Check(ctx, &health.HealthCheckRequest{})
	if err != nil {
		fmt.Printf("refused %s %s\n", status.Code(err), status.Convert(err).Message())
		return
	}
	fmt.Printf("health %s\n", answer.GetStatus())
}

func main() {
	if os.Args[1] == "health" {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		checkHealth(ctx, os.Args[2])
		return
	}
	way, issuer, scope, identity, token := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	options := []sts.ExchangerOption{sts.WithScope(scope), sts.WithIdentity(identity), sts.WithUserAgent("sdkclient")}
	var exchanger sts.Exchanger
	switch way {
	case "grpc", "refresh":
		exchanger = sts.New(issuer, "sts.example.com", options...)
	case "http":
		exchanger = sts.NewHTTP1DowngradeExchanger(issuer, "sts.example.com", options...)
	}
	if way == "refresh" {
		_, _, err := exchanger.Refresh(ctx, token)
		fmt.Printf("refused %s %s\n", status.Code(err), status.Convert(err).Message())
		return
	}
	pair, err := exchanger.Exchange(ctx, token)
	if err != nil {
		fmt.Printf("refused %s %s\n", status.Code(err), status.Convert(err).Message())
		return
	}
	fmt.Printf("token %s %s\n", pair.Expiry.UTC().Format(time.RFC3339), pair.AccessToken)
}
