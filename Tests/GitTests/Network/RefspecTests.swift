import Platform
import Testing

@testable import Git

@Suite struct RefspecTests {
    private func refspec(_ text: String) -> Refspec? { Refspec(Array(text.utf8)) }
    private func name(_ text: String) -> ReferenceName { ReferenceName(Path(text)) }

    @Test func `a star stands for the same on both sides`() {
        let spec = refspec("+refs/heads/*:refs/remotes/origin/*")
        #expect(spec?.isForced == true)
        #expect(spec?.destination(of: name("refs/heads/a/b")) == name("refs/remotes/origin/a/b"))
        #expect(spec?.source(of: name("refs/remotes/origin/x")) == name("refs/heads/x"))
        #expect(spec?.destination(of: name("refs/tags/a")) == nil)
        let middle = refspec("refs/pull/*/head:refs/pull/*")
        #expect(middle?.destination(of: name("refs/pull/7/head")) == name("refs/pull/7"))
        #expect(middle?.destination(of: name("refs/pull/7/merge")) == nil)
    }

    @Test func `a name stands for itself`() {
        #expect(refspec("main:own")?.isPattern == false)
        #expect(refspec(":gone")?.source == [])
        #expect(refspec("main")?.destination == nil)
        #expect(refspec("^refs/heads/x*")?.isNegative == true)
    }

    @Test(arguments: ["refs/*:refs/x", "refs/x:refs/*", "a*b*:c*d*", "^a:b"])
    func `patterns that do not match each other are none`(text: String) {
        #expect(refspec(text) == nil)
    }

    @Test(arguments: ["+refs/heads/*:refs/remotes/o/*", "main", ":", "^refs/x", "a:b"])
    func `what was read is written the same`(text: String) {
        #expect(refspec(text)?.bytes == Array(text.utf8))
    }
}
