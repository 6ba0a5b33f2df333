import Foundation
import Platform
import Testing

@Suite struct StopwatchTests {
    @Test func `a stopwatch counts what it waited, and never backwards`() {
        let stopwatch = Stopwatch()
        usleep(20_000)
        let first = stopwatch.elapsed
        #expect(first >= .milliseconds(20))
        #expect(stopwatch.elapsed >= first)
    }
}
