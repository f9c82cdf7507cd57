import Events
import Testing

@Suite struct EventContentTests {
  @Test(arguments: [
    (#"{"a":1,"match":"email"}"#, #"{"a":1"#), (#"{"a":1}"#, #"{"a":1"#),
    (#"{"a":1,"match":"email","observer_match":"name"}"#, #"{"a":1"#),
    (#"{"a":"he said ,\"match\":\"x\" and left"}"#, #"{"a":"he said ,\"match\":\"x\" and left""#),
    (#"{"answers":{"a":{"v":1},"match":{"v":2}}}"#, #"{"answers":{"a":{"v":1},"match":{"v":2}}"#),
    ("{}", "{"), ("", ""),
  ])
  func `content is everything but how people were recognised`(body: String, content: String) {
    #expect(String(decoding: EventDraft.content(of: Array(body.utf8)), as: UTF8.self) == content)
  }
}
