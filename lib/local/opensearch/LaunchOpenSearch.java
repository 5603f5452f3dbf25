import java.io.IOException;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * Runs one OpenSearch node in this process until it is told to end.
 *
 * <p>Usage: {@code java -cp "JARS/*" LaunchOpenSearch.java DATA_DIRECTORY HTTP_PORT CLUSTER_NAME}
 */
public final class LaunchOpenSearch {
    private static final int NO_LIMIT = -1;

    public static void main(String[] arguments) throws Exception {
        String dataDirectory = arguments[0];
        int httpPort = Integer.parseInt(arguments[1]);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(NO_LIMIT); // its default, 9299, ends the process silently on any higher port
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
        try {
            runner.build(
                    OpenSearchRunner.newConfigs()
                            .basePath(dataDirectory)
                            .clusterName(arguments[2])
                            .numOfNode(1)
                            .baseHttpPort(httpPort - 1) // the runner adds the number of the node
                            .useLogger()
                            .printOnFailure());
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1); // non-daemon threads of a half-started node would keep the process alive
        }
        Thread.currentThread().join();
    }

    private static void close(OpenSearchRunner runner) {
        try {
            runner.close();
        } catch (IOException failure) {
            failure.printStackTrace();
        }
    }
}
