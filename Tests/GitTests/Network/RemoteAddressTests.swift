import Platform
import Testing

@testable import Git

@Suite struct RemoteAddressTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let text: String
        let words: [String]?
        var testDescription: String { text }

        init(_ text: String, _ words: [String]?) {
            self.text = text
            self.words = words
        }
    }

    /// What ssh would be told: user, host, port, path; nil where it must be told nothing.
    static let examples: [Example] = [
        .init("ssh://git@example.com/team/x.git", ["git", "example.com", "", "/team/x.git"]),
        .init("ssh://example.com:2222/x", ["", "example.com", "2222", "/x"]),
        .init("ssh://git@[::1]:22/x", ["git", "::1", "22", "/x"]),
        .init("ssh://example.com/~ada/x%20y", ["", "example.com", "", "~ada/x y"]),
        .init("git+ssh://example.com/x", ["", "example.com", "", "/x"]),
        .init("git@example.com:team/x.git", ["git", "example.com", "", "team/x.git"]),
        .init("alias:x", ["", "alias", "", "x"]),
        .init("[::1]:x", ["", "::1", "", "x"]),
        .init("[example.com:2222]:x", ["", "example.com", "2222", "x"]),
        .init("ssh://-oProxyCommand=touch/x", nil),
        .init("-oProxyCommand=touch:x", nil),
        .init("ssh://-l@example.com/x", nil),
        .init("git@example.com:-x", nil),
        .init("ssh://example.com:2x/x", nil),
        .init("ssh://example.com", nil),
        .init("ssh://example.com/a%0ab", nil),
        .init("ssh:///x", nil),
    ]

    @Test(arguments: examples) func `ssh is told what the address says, and no option`(
        example: Example
    ) throws {
        do throws(GitError) {
            guard case .ssh(let address) = try RemoteAddress(RemoteURL(example.text)) else {
                Issue.record("not taken for ssh")
                return
            }
            let words = [address.user ?? "", address.host, address.port ?? "", address.path]
            #expect(words == example.words)
        } catch {
            #expect(example.words == nil, "\(error.message)")
        }
    }

    @Test(arguments: [
        ("/srv/x.git", "/srv/x.git"), ("../x", "../x"), ("file:///srv/x%20y", "/srv/x y"),
        ("./a:b", "./a:b"), (".", "."),
    ])
    func `a folder is a folder`(text: String, path: String) throws {
        guard case .folder(let folder) = try RemoteAddress(RemoteURL(text)) else {
            Issue.record("not taken for a folder")
            return
        }
        #expect(folder == Path(path))
    }

    @Test(arguments: ["git://example.com/x", "ftp://example.com/x", "ext::sh -c x", "fd::7"])
    func `other kinds are refused`(text: String) {
        #expect(throws: GitError.self) { try RemoteAddress(RemoteURL(text)) }
    }

    @Test(arguments: [
        ("it's", #"'it'\''s'"#), ("a b", "'a b'"), ("!x", #"''\!'x'"#), ("$(x)", "'$(x)'"),
    ])
    func `a path is one word for the shell there`(path: String, quoted: String) {
        #expect(SSHCommand.quoted(path) == quoted)
    }
}
