/**
 * The customer from outside: how a workload gets its identity token, exchanges it, and gives the GitHub token back.
 * Entry: {@link dev.octosts.probers.StsClient}. Works against any service of this kind, not only ours.
 */
module dev.octosts.probers {
    requires static transitive org.jspecify;
    requires transitive dev.octosts.api;
    requires jakarta.json;
    requires java.net.http;

    exports dev.octosts.probers;
}
