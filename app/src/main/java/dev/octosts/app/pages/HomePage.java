package dev.octosts.app.pages;

/** The page at the root of the service, for people who followed a link or typed the address. */
public final class HomePage {

    private static final String DOCS = "https://github.com/octo-sts/octo-sts-java/blob/main/docs/";

    private static final PageFrame FRAME = new PageFrame(
            "Octo-STS", "Octo-STS", "OIDC token in, short-lived GitHub token out, as trust policies say.");

    private HomePage() {}

    /**
     * The page.
     *
     * @param domain the service's host name
     * @param playground whether there is a playground to lead to
     */
    public static String html(String domain, boolean playground) {
        String play = playground
                ? "<li><a href=\"playground\">Playground</a>: would a policy accept a token, and why not?</li>"
                : "";
        return FRAME.html("""
                <section class="card">
                <h2>This is the service of %1$s</h2>
                <p>A workload sends its OIDC token with the audience <code>%1$s</code>:</p>
                <pre>curl -H "Authorization: Bearer $OIDC_TOKEN" \\
                  'https://%1$s/sts/exchange?scope=octo-org/octo-repo&amp;identity=release'</pre>
                <p>The policy <code>.github/chainguard/release.sts.yaml</code> of that repository decides, and the answer
                has the GitHub token.</p>
                </section>
                <section class="card">
                <h2>Go on</h2>
                <ul>
                %2$s
                <li><a href="openapi">The API</a>: what it takes, and what it answers</li>
                <li><a href="health">Health</a>: how the service is</li>
                <li><a href="%3$sREADME.md">Documentation</a>, with <a href="%3$strust-policies.md">trust policies</a>
                and <a href="%3$stoken-exchange.md#errors">every error</a></li>
                </ul>
                </section>""".formatted(HtmlText.escaped(domain), play, DOCS));
    }
}
