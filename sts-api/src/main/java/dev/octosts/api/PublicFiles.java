package dev.octosts.api;

import java.util.Map;

/** Files that any client may fetch without a token: texts by file name. They do not change while the program runs. */
public interface PublicFiles {

    /** JSON Schemas of policy files. */
    Map<String, String> schemas();

    /** The page {@code index.html} at the root of the service, and the files that all pages share. */
    Map<String, String> pages();

    /** The page {@code index.html} of the playground and its resources; empty when the playground is switched off. */
    Map<String, String> playground();
}
