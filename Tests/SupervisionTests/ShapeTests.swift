import Store
import Supervision
import Testing

@Suite struct SupervisionShapeTests {
    @Test func `every migration of the room bears its name`() {
        #expect(SupervisionShape.migrations.allSatisfy { $0.id.hasPrefix("supervision.") })
    }
}
