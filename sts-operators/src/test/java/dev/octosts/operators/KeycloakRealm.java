package dev.octosts.operators;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A realm of Keycloak with people and programs of two groups that have a role, and of one that has none. */
final class KeycloakRealm {

    static final String NAME = "octo";
    static final String CONSOLE = "octo-sts-console";
    static final String PASSWORD = "any";

    private KeycloakRealm() {}

    /**
     * The realm, as Keycloak imports it.
     *
     * @param back the port of the console
     */
    static JsonObject with(int back) {
        return Json.createObjectBuilder()
                .add("realm", NAME)
                .add("enabled", true)
                .add("sslRequired", "none")
                .add("groups", array(group("platform"), group("watchers"), group("others")))
                .add("users", array(user("ann", "platform"), user("vic", "watchers"), user("nobody", "others")))
                .add(
                        "clients",
                        array(
                                console(back),
                                robot("robot", "platform", ForeignProviderContract.AUDIENCE),
                                robot("robot-of-another", "platform", "urn:another"),
                                robot("poor-robot", "others", ForeignProviderContract.AUDIENCE)))
                .build();
    }

    private static JsonArrayBuilder array(JsonObjectBuilder... parts) {
        var array = Json.createArrayBuilder();
        for (JsonObjectBuilder part : parts) {
            array.add(part);
        }
        return array;
    }

    private static JsonObjectBuilder group(String name) {
        return Json.createObjectBuilder().add("name", name);
    }

    private static JsonObjectBuilder user(String name, String group) {
        return Json.createObjectBuilder()
                .add("username", name)
                .add("enabled", true)
                .add("email", name + "@example.com")
                .add("emailVerified", true)
                .add("firstName", name)
                .add("lastName", "Example")
                .add(
                        "credentials",
                        array(Json.createObjectBuilder()
                                .add("type", "password")
                                .add("value", PASSWORD)
                                .add("temporary", false)))
                .add("groups", Json.createArrayBuilder().add("/" + group));
    }

    private static JsonObjectBuilder client(String id) {
        return Json.createObjectBuilder()
                .add("clientId", id)
                .add("secret", ForeignProviderContract.SECRET)
                .add("publicClient", false)
                .add("directAccessGrantsEnabled", false);
    }

    private static JsonObjectBuilder console(int back) {
        return client(CONSOLE)
                .add("standardFlowEnabled", true)
                .add("redirectUris", Json.createArrayBuilder().add("http://localhost:" + back + "/login/callback"))
                .add("attributes", Json.createObjectBuilder().add("pkce.code.challenge.method", "S256"))
                .add(
                        "protocolMappers",
                        array(mapper("oidc-group-membership-mapper")
                                .add(
                                        "config",
                                        Json.createObjectBuilder()
                                                .add("claim.name", "groups")
                                                .add("full.path", "false")
                                                .add("id.token.claim", "true"))));
    }

    private static JsonObjectBuilder robot(String id, String group, String audience) {
        return client(id)
                .add("standardFlowEnabled", false)
                .add("serviceAccountsEnabled", true)
                .add(
                        "protocolMappers",
                        array(
                                mapper("oidc-audience-mapper")
                                        .add(
                                                "config",
                                                Json.createObjectBuilder()
                                                        .add("included.custom.audience", audience)
                                                        .add("access.token.claim", "true")),
                                mapper("oidc-hardcoded-claim-mapper")
                                        .add(
                                                "config",
                                                Json.createObjectBuilder()
                                                        .add("claim.name", "groups")
                                                        .add("claim.value", "[\"" + group + "\"]")
                                                        .add("jsonType.label", "JSON")
                                                        .add("access.token.claim", "true"))));
    }

    private static JsonObjectBuilder mapper(String kind) {
        return Json.createObjectBuilder()
                .add("name", kind)
                .add("protocol", "openid-connect")
                .add("protocolMapper", kind);
    }
}
