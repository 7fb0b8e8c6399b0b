package io.gamehall.activity.catalog.sql;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.ColumnTransformer;

/** A row of table {@code activity}. */
@Entity
@Table(name = "activity")
class ActivityRow {
    @Id
    @Column(name = "activity_id")
    String id;

    String name;

    /** Read as text: MariaDB keeps JSON as such, TiDB does not. */
    @ColumnTransformer(read = "CAST(config AS CHAR)")
    String config;

    @Version
    long version;

    protected ActivityRow() {}

    ActivityRow(String id, String name, String config, long version) {
        this.id = id;
        this.name = name;
        this.config = config;
        this.version = version;
    }
}
