package dev.octosts.api;

import java.util.Map;

/** Files that anybody may fetch: texts by file name, the same as long as the program runs. */
public interface PublicFiles {

    /** JSON Schemas of policy files. */
    Map<String, String> schemas();

    /** The page {@code index.html} of the playground and what it is made of; empty when the playground is switched off. */
    Map<String, String> playground();
}
