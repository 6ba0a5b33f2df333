@testable import Notebook
import Testing

@Suite struct CodeFenceTests {
    @Test(
        arguments: [
            ("```", true), ("~~~", true), ("````", true), ("```python", true), ("   ```", true),
            ("~~~ `x`", true),
            ("    ```", false), ("``", false), ("``` `", false), ("x```", false), ("", false),
            ("`~`", false),
            ("\t```", false), ("```` a b", true),
        ])
    func `three signs open a fence`(line: String, isFence: Bool) {
        let opens = CodeFence(opening: Array(line.utf8).span) != nil
        #expect(opens == isFence)
    }

    @Test(
        arguments: [
            ("```", "```", true), ("```", "````", true), ("```", "   ```  ", true),
            ("````", "```", false),
            ("```", "~~~", false), ("```", "``` x", false), ("```", "    ```", false),
            ("~~~x", "~~~", true),
            ("```", "", false),
        ])
    func `as many of the same signs close it`(opening: String, line: String, closes: Bool) throws {
        let fence = CodeFence(opening: Array(opening.utf8).span)
        let isClosed = fence?.isClosed(by: Array(line.utf8).span)
        #expect(isClosed == closes)
    }
}
