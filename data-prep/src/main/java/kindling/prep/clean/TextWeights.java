package kindling.prep.clean;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jsoup.nodes.Element;

/** How much text, how much of it in links, and how much prose each element holds; counted in one pass. */
final class TextWeights implements ShownText.Reader {
    private static final int MIN_PROSE_CHARACTERS = 40; // shorter blocks are labels, captions, menu entries
    private static final double MAX_PROSE_LINKS = 0.4; // prose cites, but a block mostly of links leads elsewhere
    private static final int MIN_SENTENCE_CHARACTERS = 20; // what ends like a sentence may be shorter
    private static final double MAX_SENTENCE_LINKS = 0.6; // and cite more
    private static final Set<String> STRUCTURES =
            Set.of("pre", "code", "table", "blockquote", "ul", "ol", "dl", "math");
    private static final Weight NOTHING = new Weight();

    /** One element's counts, in characters that are not white space. */
    static final class Weight {
        private int own; // of this block, not of blocks inside it
        private int ownLinked;
        private boolean stopped; // its last character ends a sentence
        int text;
        int linked;
        int links;
        int prose;
        int headings; // a bit for each rank of heading, 1 to 6
        boolean structured; // it holds a list, table, quotation or listing

        double linkDensity() {
            return text == 0 ? 0 : (double) linked / text;
        }

        private void close(boolean verbatim) {
            boolean paragraph = own >= MIN_PROSE_CHARACTERS && ownLinked < MAX_PROSE_LINKS * own;
            boolean sentence = stopped && own >= MIN_SENTENCE_CHARACTERS && ownLinked < MAX_SENTENCE_LINKS * own;
            prose += verbatim || paragraph || sentence ? own - ownLinked : 0;
        }

        private void add(Weight child) {
            text += child.text;
            linked += child.linked;
            links += child.links;
            prose += child.prose;
            headings |= child.headings;
            structured |= child.structured;
        }

        private void remove(Weight child) {
            text -= child.text;
            linked -= child.linked;
            links -= child.links;
            prose -= child.prose;
        }
    }

    private final IdentityHashMap<Element, Weight> weights = new IdentityHashMap<>();
    private final Deque<Weight> open = new ArrayDeque<>();
    private final Deque<Weight> blocks = new ArrayDeque<>();
    private int linkDepth;

    static TextWeights of(Element root, Set<Element> pruned, Deadline deadline) {
        TextWeights weights = new TextWeights();
        ShownText.read(root, pruned, deadline, weights);
        return weights;
    }

    Weight weigh(Element element) {
        return weights.getOrDefault(element, NOTHING);
    }

    /** Takes a pruned element's counts from the elements around it, up to a root. */
    void discount(Element pruned, Element root) {
        Weight lost = weigh(pruned);
        for (Element element = pruned; !element.equals(root); element = element.parent()) {
            weigh(element.parent()).remove(lost);
        }
    }

    @Override
    public void open(Element element) {
        Weight weight = new Weight();
        weights.put(element, weight);
        open.push(weight);
        if (blocks.isEmpty() || Layout.isBlock(element)) {
            blocks.push(weight);
        }
        linkDepth += Layout.isLink(element) ? 1 : 0;
    }

    @Override
    public void close(Element element) {
        Weight weight = open.pop();
        if (blocks.peek() == weight) {
            blocks.pop();
            weight.close(Layout.isVerbatim(element));
        }
        if (Layout.isLink(element)) {
            linkDepth--;
            weight.links++;
        }
        weight.structured |= STRUCTURES.contains(element.normalName());
        weight.headings |= Layout.isHeading(element) ? 1 << Layout.rank(element) : 0;
        if (!open.isEmpty()) {
            open.peek().add(weight);
        }
    }

    @Override
    public void text(String content) {
        int characters = characters(content);
        if (characters == 0) {
            return;
        }
        blocks.peek().stopped = endsSentence(content.stripTrailing());
        open.peek().text += characters;
        blocks.peek().own += characters;
        if (linkDepth > 0) {
            open.peek().linked += characters;
            blocks.peek().ownLinked += characters;
        }
    }

    private static boolean endsSentence(String text) {
        return ".!?。！？".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private static int characters(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) > ' ' && text.charAt(i) != '\u00A0' ? 1 : 0;
        }
        return count;
    }
}
