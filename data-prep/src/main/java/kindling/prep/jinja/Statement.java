package kindling.prep.jinja;

import java.util.List;

/** Something that writes, or changes the scope. */
@FunctionalInterface
interface Statement {
    /** Where it goes on. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Flow run(Scope scope, StringBuilder out);

    /** One after the other. */
    static Statement all(List<Statement> statements) {
        return (scope, out) -> {
            for (Statement statement : statements) {
                Flow flow = statement.run(scope, out);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        };
    }
}
