/** Keys of Apps in PKCS#11 devices. Loaded only when {@code KMS_PROVIDER} says {@code pkcs11}. */
module dev.octosts.kms.pkcs11 {
    requires static org.jspecify;
    requires dev.octosts.github;

    provides dev.octosts.github.key.KeyServiceProvider with
            dev.octosts.kms.pkcs11.Pkcs11KeyServiceProvider;
}
