package kindling.prep.jinja;

import java.util.HashMap;
import java.util.Map;

/** Variables, and behind them those of the surrounding block. */
final class Scope {
    private final Map<String, Object> variables;
    private final Scope around;
    private final Work work;

    Scope(Map<String, Object> variables) {
        this(variables, null, new Work());
    }

    private Scope(Map<String, Object> variables, Scope around, Work work) {
        this.variables = variables;
        this.around = around;
        this.work = work;
    }

    Scope inner() {
        return new Scope(new HashMap<>(), this, work);
    }

    Work work() {
        return work;
    }

    /** The outermost: what macros see besides their arguments. */
    Scope outermost() {
        Scope scope = this;
        while (scope.around != null) {
            scope = scope.around;
        }
        return scope;
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            if (scope.variables.containsKey(name)) {
                return scope.variables.get(name);
            }
        }
        return new Undefined(name);
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }
}
