package dev.octosts.sandbox.demo;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.process.Deployment;

/** The commands that the reader can type next, in another terminal. */
final class Playground {
    private static final String REPOSITORY = DemoWorld.OWNER + "/" + DemoWorld.REPOSITORY;

    private final DemoEnvironment stage;

    Playground(DemoEnvironment stage) {
        this.stage = stage;
    }

    void show(Screen screen) {
        screen.heading("Go on in another terminal; everything runs until you press Ctrl-C here");
        screen.say("A token of the workflow. Only a sandbox's issuer gives one to anybody who asks:");
        screen.command(workloadToken());
        screen.blank();
        screen.say("The exchange:");
        screen.command(exchange());
        screen.blank();
        screen.say("What it is good for, and what not:");
        screen.command(github("issues -d '{\"title\": \"Hello\"}'"));
        screen.command(github("issues"));
        screen.command(github("contents/README.md"));
        screen.command(github("contents/hello.md -X PUT -d '{\"message\": \"Hello\", \"content\": \"SGVsbG8K\"}'"));
        screen.blank();
        screen.say("Why a token is accepted or refused, rule by rule:");
        screen.command(explanation());
        screen.blank();
        screen.say("A prober, who uses what it gets and tries what it must not be able to do:");
        screen.command(probe());
        screen.blank();
        screen.say("Policies to play with, in a browser: "
                + stage.deployment().service().address() + "/playground");
        stage.console()
                .ifPresent(address -> screen.say(
                        "The operators' console, with the exchanges above and what their tokens did; choose who you are: "
                                + address));
        screen.say(
                "What the service counted: curl " + stage.deployment().service().address() + "/metrics");
    }

    private String workloadToken() {
        return """
                TOKEN=$(curl -sG '%s/token' \\
                  -d 'sub=repo:%s:ref:refs/heads/main' -d 'aud=%s' \\
                  -d 'claim.job_workflow_ref=%s/.github/workflows/ci.yaml@refs/heads/main')
                """.formatted(stage.world().issuer().url(), REPOSITORY, Deployment.DOMAIN, REPOSITORY);
    }

    private String exchange() {
        return """
                ANSWER=$(curl -s -H "Authorization: Bearer $TOKEN" \\
                  '%s')
                echo "$ANSWER"
                GITHUB_TOKEN=$(echo "$ANSWER" | sed -n 's/.*"token":"\\([^"]*\\)".*/\\1/p')
                """.formatted(stage.exchange(REPOSITORY, DemoWorld.CI));
    }

    private String explanation() {
        return """
                curl -s -H "Authorization: Bearer $TOKEN" \\
                  '%s'
                """.formatted(
                stage.exchange(REPOSITORY, DemoWorld.RELEASE).toString().replace("/sts/exchange", "/sts/explain"));
    }

    private String probe() {
        return """
                SSL_CERT_FILE=%s ./octo-sts probe \\
                  --url %s --github-url %s --audience %s \\
                  --scope %s --identity %s --other-identity %s --other-repository %s \\
                  --token-command "curl -sG '%s/token' -d sub=%s -d aud=\\$OCTOSTS_AUDIENCE"
                """.formatted(
                        stage.deployment().authority(),
                        stage.deployment().service().address(),
                        stage.github(""),
                        Deployment.DOMAIN,
                        REPOSITORY,
                        DemoWorld.PROBER,
                        DemoWorld.CI,
                        DemoWorld.OWNER + "/octo-secrets",
                        stage.world().issuer().url(),
                        DemoWorld.PROBER_SUBJECT);
    }

    private String github(String rest) {
        return """
                curl --cacert %s -H "Authorization: Bearer $GITHUB_TOKEN" \\
                  %s/%s
                """.formatted(stage.deployment().authority(), stage.github("/repos/" + REPOSITORY), rest);
    }
}
