package dev.octosts.app.cli.githubapp;

import dev.octosts.app.cli.githubapp.AppManifest.AskedPermission;
import dev.octosts.app.pages.HtmlText;
import dev.octosts.app.pages.PageFrame;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page that says what the new App may do and why, and whose form sends the manifest to GitHub. It looks like the
 * service's own pages. It loads nothing: when GitHub sends the browser back, nobody listens for long.
 *
 * @param owner whose App it will be, in the middle of a sentence
 * @param gitHub the address of GitHub's pages, without a slash at its end
 * @param path the target of the form at GitHub, from a slash on
 */
record ManifestForm(AppManifest manifest, String owner, String gitHub, String path) {

    private static final PageFrame FRAME = new PageFrame(
            "Create the GitHub App · Octo-STS",
            "Create the GitHub App",
            "This page is on your machine. The key of the App comes straight to it, too.");

    private static final Map<String, String> EVENTS = Map.of(
            "check_run", "somebody asks for a review again",
            "check_suite", "a commit needs a review, or somebody asks for all of its checks again",
            "pull_request", "a pull request is opened or changed, whose policies are reviewed",
            "push", "policies have changed: they are reviewed, and older copies are forgotten",
            "repository", "a repository is renamed, moved or deleted, so that nothing old is remembered of it");

    /** A whole page. */
    static String page(String body) {
        return FRAME.alone(body);
    }

    /**
     * The Content-Security-Policy of the page. It also holds for where GitHub's answer to the form leads: at once back
     * to this page, where there is nothing to confirm.
     */
    String securityPolicy() {
        var address = URI.create(gitHub);
        return "default-src 'none'; style-src " + PageFrame.styleSource()
                + "; base-uri 'none'; frame-ancestors 'none'; form-action 'self' " + address.getScheme() + "://"
                + address.getRawAuthority();
    }

    /** The body with the form: what the App is, and a button that leads to GitHub. */
    String html(String state, String redirect) {
        return """
                <section class="card">
                  <h2>%1$s</h2>
                  <p>It belongs to %2$s. %3$s</p>
                  <p>GitHub shows the same, asks for the App's name, and makes the App when you confirm.</p>
                  <form action="%4$s?state=%5$s" method="post">
                    <input type="hidden" name="manifest" value="%6$s">
                    <button class="primary">Go on at %7$s</button>
                  </form>
                </section>
                <section class="card">
                  <h2>What it may do</h2>
                  <p>Trust policies can grant these permissions to workloads, and nothing beyond them. Who installs the App
                    chooses its repositories.</p>
                  <div class="wide"><table>
                    <thead><tr><th scope="col">permission</th><th scope="col">level</th><th scope="col">why</th></tr></thead>
                    <tbody>
                %8$s
                    </tbody>
                  </table></div>
                </section>
                %9$s""".formatted(
                        HtmlText.escaped(manifest.name()),
                        HtmlText.escaped(owner),
                        manifest.open()
                                ? "It is public: other accounts can install it, too."
                                : "Only this account can install it.",
                        HtmlText.escaped(gitHub + path),
                        state,
                        HtmlText.escaped(manifest.json(redirect).toString()),
                        HtmlText.escaped(gitHub),
                        manifest.asked().stream().map(ManifestForm::row).collect(Collectors.joining("\n")),
                        manifest.webhook() ? events() : "");
    }

    private static String row(AskedPermission asked) {
        return "<tr><th scope=\"row\"><code>%s</code></th><td><code>%s</code></td><td>%s</td></tr>"
                .formatted(
                        HtmlText.escaped(asked.name()), HtmlText.escaped(asked.level()), HtmlText.escaped(asked.why()));
    }

    private String events() {
        return """
                <section class="card">
                  <h2>What GitHub tells it</h2>
                  <p>GitHub sends these events to <code>%s</code>:</p>
                  <div class="wide"><table>
                    <thead><tr><th scope="col">event</th><th scope="col">it comes when</th></tr></thead>
                    <tbody>
                %s
                    </tbody>
                  </table></div>
                </section>
                """.formatted(
                        HtmlText.escaped(AppManifest.hookUrl(manifest.domain())),
                        AppManifest.EVENTS.stream()
                                .map(event -> "<tr><th scope=\"row\"><code>%s</code></th><td>%s</td></tr>"
                                        .formatted(event, HtmlText.escaped(EVENTS.getOrDefault(event, ""))))
                                .collect(Collectors.joining("\n")));
    }
}
