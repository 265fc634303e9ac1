package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code for}: each element has a scope of its own, with {@code loop} in it. */
record Loop(List<String> names, Expression all, Expression wanted, Statement body, Statement otherwise)
        implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
        List<Object> elements = new ArrayList<>();
        for (Object element : Values.elements(all.in(scope))) {
            scope.work().step();
            Scope tested = scope.inner();
            Parser.assign(names, element, tested);
            if (Values.isTrue(wanted.in(tested))) {
                elements.add(element);
            }
        }
        if (elements.isEmpty()) {
            return otherwise.run(scope, out);
        }
        for (int i = 0; i < elements.size(); i++) {
            Scope inner = scope.inner();
            inner.set("loop", state(elements, i));
            Parser.assign(names, elements.get(i), inner);
            if (body.run(inner, out) == Flow.BREAK) {
                break;
            }
        }
        return Flow.NEXT;
    }

    private static Map<String, Object> state(List<Object> elements, int i) {
        int size = elements.size();
        Map<String, Object> state = new HashMap<>();
        state.put("index", i + 1L);
        state.put("index0", (long) i);
        state.put("revindex", (long) size - i);
        state.put("revindex0", size - i - 1L);
        state.put("first", i == 0);
        state.put("last", i == size - 1);
        state.put("length", (long) size);
        state.put("previtem", i == 0 ? new Undefined("loop.previtem") : elements.get(i - 1));
        state.put("nextitem", i == size - 1 ? new Undefined("loop.nextitem") : elements.get(i + 1));
        return state;
    }
}
