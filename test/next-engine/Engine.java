import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.camunda.zeebe.logstreams.log.LogAppendEntry;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.logstreams.log.LogStreamWriter;
import io.camunda.zeebe.logstreams.log.WriteContext;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.value.usertask.UserTaskRecord;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.camunda.zeebe.scheduler.clock.ControlledActorClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.StringJoiner;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The engine of the next generation, in memory. Arguments: port of gRPC, port of HTTP. Over HTTP it has
 * what tests ask of a broker's REST API and of the OpenSearch that the broker exports its records to, in
 * the same words: the in-memory engine has neither.
 */
public class Engine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final ZeebeTestEngine engine;
  private final LogStreamWriter log;
  private final ControlledActorClock clock;

  public static void main(String[] args) throws Exception {
    Engine engine = new Engine(Integer.parseInt(args[0]));
    HttpServer http = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])), 0);
    http.createContext("/v2/user-tasks/", engine::completeUserTask);
    http.createContext("/v2/clock", engine::pinClock);
    http.createContext("/", engine::searchRecords);
    http.start();
  }

  private Engine(int port) throws Exception {
    engine = EngineFactory.create(port);
    engine.start();
    log = ((LogStream) part("logStream")).newLogStreamWriter();
    clock = (ControlledActorClock) part("clock");
  }

  /** Its own API cannot complete a user task or pin the clock. */
  private Object part(String name) throws Exception {
    var field = engine.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(engine);
  }

  /** POST /v2/user-tasks/KEY/completion {"variables": {…}}: writes the command that a gateway would. */
  private void completeUserTask(HttpExchange exchange) throws IOException {
    long key = Long.parseLong(exchange.getRequestURI().getPath().split("/")[3]);
    byte[] variables = MsgPackConverter.convertToMsgPack(body(exchange).path("variables").toString());
    var task = new UserTaskRecord().setUserTaskKey(key).setAction("complete").setVariables(new UnsafeBuffer(variables));
    var command = new RecordMetadata()
        .recordType(RecordType.COMMAND)
        .valueType(ValueType.USER_TASK)
        .intent(UserTaskIntent.COMPLETE);
    log.tryWrite(WriteContext.internal(), LogAppendEntry.of(key, command, task));
    answer(exchange, "{}");
  }

  /** PUT /v2/clock {"timestamp": epoch milliseconds} */
  private void pinClock(HttpExchange exchange) throws IOException {
    clock.setCurrentTime(Instant.ofEpochMilli(body(exchange).path("timestamp").asLong()));
    answer(exchange, "{}");
  }

  /**
   * POST /zeebe-record_TYPE_*,…/_search {"query": {"range": {"position": {"gt": …}}}}. Anything else, as
   * _refresh, does nothing.
   */
  private void searchRecords(HttpExchange exchange) throws IOException {
    String indices = exchange.getRequestURI().getPath();
    JsonNode after = body(exchange).at("/query/range/position/gt");
    StringJoiner hits = new StringJoiner(",", "{\"_shards\":{\"failed\":0},\"hits\":{\"hits\":[", "]}}");
    if (!after.isMissingNode()) {
      for (Record<?> record : engine.getRecordStreamSource().getRecords()) {
        String index = "zeebe-record_" + record.getValueType().name().toLowerCase().replace('_', '-') + "_*";
        boolean asked = record.getRecordType() == RecordType.EVENT && indices.contains(index);
        if (asked && record.getPosition() > after.asLong()) hits.add("{\"_source\":" + record.toJson() + "}");
      }
    }
    answer(exchange, hits.toString());
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    return JSON.readTree(exchange.getRequestBody());
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
