package dev.octosts.operators.console;

import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.ProgramFiles;
import java.util.ArrayList;
import java.util.List;

/** The pages of the console. */
public final class ConsolePages {

    private static final String STYLES = ProgramFiles.text("console.css");

    private final OperatorPorts ports;

    /** Over the service. */
    public ConsolePages(OperatorPorts ports) {
        this.ports = ports;
    }

    /** Their part of the table. */
    public List<OperatorRoute> routes() {
        var routes = new ArrayList<OperatorRoute>();
        routes.add(OperatorRoute.page(
                "GET", "/console.css", Need.NOTHING, call -> OperatorAnswer.file("text/css", STYLES)));
        routes.addAll(new NowPage(ports).routes());
        routes.addAll(new ExchangePages(ports).routes());
        routes.addAll(new PoliciesPage(ports).routes());
        routes.addAll(new PolicyPage(ports).routes());
        routes.addAll(new StopPages(ports).routes());
        routes.addAll(new ServicePage(ports).routes());
        return routes;
    }
}
