package dev.octosts.sandbox.github;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;

/** The contents of a mint request, as far as the request alone shows them, without the installation. */
final class MintRequest {
    private MintRequest() {}

    static boolean asksToReadContents(JsonObject body) {
        if (!(body.get("permissions") instanceof JsonObject permissions)) {
            return false;
        }
        var others = permissions.keySet().stream()
                .filter(name -> !name.equals("metadata") && !name.equals("contents"))
                .count();
        return others == 0
                && permissions.get("contents") instanceof JsonString level
                && level.getString().equals("read");
    }
}
