/** Keys of Apps in Google Cloud KMS. Loaded only when {@code KMS_PROVIDER} says {@code gcp}. */
module dev.octosts.kms.gcp {
    requires static org.jspecify;
    requires dev.octosts.github;
    requires com.google.api.client;
    requires com.google.auth;
    requires com.google.auth.oauth2;
    requires jakarta.json;

    provides dev.octosts.github.key.KeyServiceProvider with
            dev.octosts.kms.gcp.GcpKeyServiceProvider;
}
