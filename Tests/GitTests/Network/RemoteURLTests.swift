import Testing

@testable import Git

@Suite struct RemoteURLTests {
    private static let token = "ghp_0123456789abcdefghij"

    @Test(arguments: [
        ("https://example.com/x", "https://example.com/x"),
        ("https://ada@example.com/x", "https://ada@example.com/x"),
        ("https://ada:secret@example.com/x", "https://ada:***@example.com/x"),
        ("https://\(token)@example.com/x", "https://***@example.com/x"),
        ("https://\(token):x-oauth-basic@example.com/x", "https://***@example.com/x"),
        ("HTTPS://oauth2:\(token)@example.com/x", "HTTPS://oauth2:***@example.com/x"),
        (
            "ssh://a-very-long-name-of-a-user@example.com/x",
            "ssh://a-very-long-name-of-a-user@example.com/x"
        ),
        ("https://example.com/a@b:c", "https://example.com/a@b:c"),
    ])
    func `no secret is shown`(text: String, shown: String) {
        let url = RemoteURL(text)
        #expect(url.description == shown)
        #expect(url.hasPassword == (text != shown))
        #expect(!RemoteURL(url.withoutPassword).hasPassword)
    }
}
