package kindling.model.average;

/**
 * θ' = mean of the replicas' parameters: local SGD, or federated averaging when H local steps lie between two rounds.
 *
 * <p>Source: McMahan et al. 2017, "Communication-Efficient Learning of Deep Networks from Decentralized Data",
 * algorithm 1; Stich 2019, "Local SGD Converges Fast and Communicates Little".
 */
record Average() implements Strategy {
    @Override
    public String name() {
        return "average";
    }

    @Override
    public State finish(State state, float[] mean, double learningRate) {
        return new State(mean, state.momentum());
    }
}
