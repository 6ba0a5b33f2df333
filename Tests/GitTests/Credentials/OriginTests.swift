import Git
import Support
import Testing

@Suite struct OriginTests {
    @Test(arguments: [
        ("https://example.com/team/p.git", "https://example.com"),
        ("HTTPS://Example.COM", "https://example.com"),
        ("https://example.com:443/p", "https://example.com"),
        ("https://example.com:/p", "https://example.com"),
        ("https://example.com:8443/p", "https://example.com:8443"),
        ("https://ada@example.com/p", "https://example.com"),
        ("https://ada:secret@example.com/p", "https://example.com"),
        ("https://example.com?x=@evil.example", "https://example.com"),
        ("https://example.com#@evil.example", "https://example.com"),
        ("https://example.com/@evil.example", "https://example.com"),
        ("http://localhost:8080/p", "http://localhost:8080"),
        ("http://example.com:443/p", "http://example.com:443"),
        ("https://[2001:DB8::1]:8443/p", "https://[2001:db8::1]:8443"),
        ("https://a_b.example.com./p", "https://a_b.example.com."),
    ]) func `an address has the origin that everybody sees in it`(url: String, expected: String) {
        #expect(Origin(RemoteURL(url))?.description == expected)
    }

    @Test(arguments: [
        "git@example.com:p.git", "ssh://example.com/p", "file:///p", "/p", "", "https://",
        "https:///p",
        "https:example.com", "https://@/p", "https://exa mple.com/",
        "https://example.com\\@evil.example/",
        "https://a@b@example.com/", "https://example.com%2Fevil/", "https://example.com:0/",
        "https://example.com:65536/", "https://example.com:+80/", "https://example.com:8a/",
        "https://exam\nple.com/", "https://-oProxyCommand=x/", "https://bücher.example/",
        "https://[::1/", "https://[evil.example]/", "https://[::1]x/", "https://a%0Ab@example.com/",
    ]) func `an address that could be read in two ways has no origin`(url: String) {
        #expect(Origin(RemoteURL(url)) == nil)
    }

    @Test(arguments: [
        ("http://localhost", true), ("http://127.0.0.1:80", true), ("http://127.8.9.1", true),
        ("http://[::1]", true), ("http://127.0.0.1.evil.example", false), ("http://127.1", false),
        ("http://localhost.evil.example", false), ("http://10.0.0.1", false),
    ]) func `only this machine is loopback`(url: String, expected: Bool) {
        #expect(Origin(RemoteURL(url))?.isLoopback == expected)
    }

    /// Addresses made of the pieces that confuse readers.
    @Test func `whatever an address is made of, its origin is one that says the same again`() throws
    {
        let pieces = [
            "https", "http", "HTTPS", "ssh", "://", ":", "/", "//", "@", "a", "b.example", "[::1]",
            "[", "]",
            "%41", "%0a", "%", "443", "0", "99999", ":8443", "?", "#", "\\", "\n", "\r", "\0", " ",
            "..", "-", "é", "\u{202E}",
        ]
        var random = SplitMix64(seed: 20_240_229)
        var found = 0
        for _ in 0..<100_000 {
            let count = Int.random(in: 1...9, using: &random)
            let start = Bool.random(using: &random) ? "https://" : ""
            let text =
                start + (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            guard let origin = Origin(RemoteURL(text)) else { continue }
            found += 1
            let isPlain = origin.host.utf8.allSatisfy {
                "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]".utf8.contains($0)
            }
            #expect(isPlain, "\(text.debugDescription)")
            #expect(Origin(RemoteURL("\(origin)/")) == origin, "\(text.debugDescription)")
            #expect(!origin.description.contains("@"))
        }
        #expect(found > 1_000)
    }
}
