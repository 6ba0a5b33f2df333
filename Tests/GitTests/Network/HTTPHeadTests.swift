import Testing

@testable import Git

@Suite struct HTTPHeadTests {
    private func head(_ lines: String...) -> HTTPHead? { HTTPHead(lines.map { Array($0.utf8) }) }

    @Test func `fields are found whatever the size of their letters`() {
        let head = head(
            "HTTP/1.1 401 Unauthorized", "WWW-Authenticate:  Basic realm=\"x\" ", "X: 1", "x:2")
        #expect(head?.status == 401)
        #expect(head?.value("www-authenticate") == "Basic realm=\"x\"")
        #expect(head?.values("x") == ["1", "2"])
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH", "HTTP/2 200", "HTTP/1.1 20", "HTTP/1.1 abc no", "", "HTTP/1.1",
    ])
    func `anything else is no answer`(line: String) {
        #expect(head(line) == nil)
    }

    @Test func `the end of a body is where the fields say`() {
        #expect(head("HTTP/1.1 200 OK", "Content-Length: 12")?.bodyEnd() == .counted(12))
        #expect(
            head("HTTP/1.1 200 OK", "Transfer-Encoding: Chunked")?.bodyEnd() == .chunked(left: 0))
        #expect(head("HTTP/1.1 200 OK")?.bodyEnd() == .closed)
        #expect(head("HTTP/1.1 204 No")?.bodyEnd() == .counted(0))
    }

    @Test func `an answer whose fields contradict each other is refused`() {
        #expect(head("HTTP/1.1 200 OK", "Content-Length: 1", "Content-Length: 2")?.bodyEnd() == nil)
        #expect(head("HTTP/1.1 200 OK", "Content-Length: -1")?.bodyEnd() == nil)
        #expect(
            head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Content-Length: 3")?.bodyEnd()
                == nil)
        #expect(head("HTTP/1.1 200 OK", "Transfer-Encoding: gzip")?.bodyEnd() == nil)
    }

    @Test func `a connection is kept unless somebody says otherwise`() {
        #expect(head("HTTP/1.1 200 OK")?.isPersistent == true)
        #expect(head("HTTP/1.1 200 OK", "Connection: close")?.isPersistent == false)
        #expect(head("HTTP/1.0 200 OK")?.isPersistent == false)
        #expect(head("HTTP/1.0 200 OK", "Connection: Keep-Alive")?.isPersistent == true)
    }
}
