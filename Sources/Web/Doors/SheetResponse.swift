import HTTPTypes
import Hummingbird

/// Tables as files to keep, under a name.
extension Response {
    /// `NAME.csv`.
    static func csv(_ bytes: [UInt8], named name: String, for request: Request) -> Response {
        .sheet(bytes, "\(name).csv", "text/csv; charset=utf-8", for: request)
    }

    /// `NAME.xlsx`.
    static func workbook(_ bytes: [UInt8], named name: String, for request: Request) -> Response {
        .sheet(
            bytes, "\(name).xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", for: request)
    }

    private static func sheet(_ bytes: [UInt8], _ name: String, _ type: String, for request: Request) -> Response {
        let headers: HTTPFields = [
            .contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"",
        ]
        return .tagged(bytes, headers, for: request)
    }
}
